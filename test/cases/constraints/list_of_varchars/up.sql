CREATE TABLE "public"."a" (
  "state" character varying(10),
  CONSTRAINT "a_state_check" CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('closed'::character varying)::text])))
);
