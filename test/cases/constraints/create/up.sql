CREATE TABLE "public"."posts" (
  "id" integer NOT NULL,
  "author" integer,
  "title" text,
  CONSTRAINT "positive" CHECK ((id > 0)),
  CONSTRAINT "posts_pkey" PRIMARY KEY (id),
  CONSTRAINT "posts_title_excl" EXCLUDE USING btree (title WITH =),
  CONSTRAINT "posts_title_key" UNIQUE (title)
);
ALTER TABLE "public"."posts" ADD CONSTRAINT "posts_author_fkey" FOREIGN KEY (author) REFERENCES public.users(id) ON DELETE CASCADE;
