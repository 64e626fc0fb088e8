ALTER TABLE "public"."t" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."t" ADD COLUMN "a" integer;
CREATE OR REPLACE RULE quiet AS
    ON UPDATE TO public.t
   WHERE (old.a IS NULL) DO INSTEAD NOTHING;
COMMENT ON RULE "quiet" ON "public"."t" IS 'q';
