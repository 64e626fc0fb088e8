CREATE TABLE "public"."child" (
  "a" integer,
  "b" integer,
  "c" integer
) INHERITS (public.parent);
CREATE TABLE "public"."grandchild" (
  "b" integer
) INHERITS (public.child);
