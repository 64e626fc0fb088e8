CREATE TABLE "public"."logs_1" (
  "id" integer NOT NULL,
  "at" date NOT NULL,
  CONSTRAINT "logs_1_pkey" PRIMARY KEY (id, at)
);
CREATE TABLE "public"."logs_rest" (
  "id" integer NOT NULL,
  "at" date NOT NULL,
  CONSTRAINT "logs_rest_pkey" PRIMARY KEY (id, at)
);
CREATE INDEX logs_1_at_idx ON public.logs_1 USING btree (at);
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_1" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX logs_rest_at_idx ON public.logs_rest USING btree (at);
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_rest" DEFAULT;
ALTER INDEX "public"."logs_at" ATTACH PARTITION "public"."logs_1_at_idx";
ALTER INDEX "public"."logs_pkey" ATTACH PARTITION "public"."logs_1_pkey";
ALTER INDEX "public"."logs_at" ATTACH PARTITION "public"."logs_rest_at_idx";
ALTER INDEX "public"."logs_pkey" ATTACH PARTITION "public"."logs_rest_pkey";
