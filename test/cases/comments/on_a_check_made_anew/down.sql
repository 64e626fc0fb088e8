COMMENT ON CONSTRAINT sane ON DOMAIN public.age IS NULL;
ALTER DOMAIN "public"."age" DROP CONSTRAINT "sane";
ALTER DOMAIN "public"."age" ADD CONSTRAINT "sane" CHECK ((VALUE > 0));
COMMENT ON CONSTRAINT sane ON DOMAIN public.age IS 'nobody is older';
