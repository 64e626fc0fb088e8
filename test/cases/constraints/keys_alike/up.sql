CREATE TABLE "public"."posts" (
  "id" integer NOT NULL,
  "day" date,
  CONSTRAINT "days" UNIQUE (day),
  CONSTRAINT "posts_day_key" UNIQUE (day) DEFERRABLE,
  CONSTRAINT "posts_pkey" PRIMARY KEY (id)
);
ALTER TABLE "public"."posts" ADD CONSTRAINT "again" UNIQUE (id);
ALTER TABLE "public"."posts" ADD CONSTRAINT "first" UNIQUE (day);
