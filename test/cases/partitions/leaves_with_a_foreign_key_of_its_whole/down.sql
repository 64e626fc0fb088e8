ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
CREATE TABLE "public"."days" (
  "at" date NOT NULL,
  CONSTRAINT "days_pkey" PRIMARY KEY (at)
);
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_b" FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
ALTER TABLE "public"."logs" ADD CONSTRAINT "the day" FOREIGN KEY (at) REFERENCES public.days(at);
