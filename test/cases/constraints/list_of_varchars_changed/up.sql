ALTER TABLE "public"."a" DROP CONSTRAINT "a_state_check";
ALTER TABLE "public"."a" ADD CONSTRAINT "a_state_check" CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('closed'::character varying)::text, ('new'::character varying)::text])));
