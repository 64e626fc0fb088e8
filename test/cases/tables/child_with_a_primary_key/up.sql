CREATE TABLE "public"."letters" (
  "id" integer NOT NULL,
  CONSTRAINT "titled" PRIMARY KEY (title)
) INHERITS (public.records);
CREATE TABLE "public"."notes" (
  CONSTRAINT "notes_pkey" PRIMARY KEY (id)
) INHERITS (public.records);
