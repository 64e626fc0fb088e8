ALTER TABLE "public"."logs" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."logs" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE ONLY "public"."logs" ADD CONSTRAINT "logs_pkey" PRIMARY KEY (kind, id);
ALTER TABLE "public"."logs_1" ADD CONSTRAINT "logs_1_pkey" PRIMARY KEY (kind, id);
ALTER INDEX "public"."logs_pkey" ATTACH PARTITION "public"."logs_1_pkey";
