ALTER TABLE ONLY "public"."posts" ALTER COLUMN "code" SET DEFAULT public.next_code();
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "id" SET DEFAULT 1;
