CREATE EXTENSION "citext" SCHEMA "ext";
CREATE TABLE "public"."users" (
  "email" ext.citext NOT NULL,
  "aliases" ext.citext[],
  CONSTRAINT "users_pkey" PRIMARY KEY (email)
);
