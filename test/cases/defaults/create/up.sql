CREATE TABLE "public"."posts" (
  "id" integer DEFAULT 1,
  "code" text DEFAULT public.next_code()
);
