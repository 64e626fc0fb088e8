CREATE TABLE "public"."Order ""1""" (
  "select" integer NOT NULL,
  "a.b" text DEFAULT 'it''s \ so'::text,
  CONSTRAINT "Order ""1""_pkey" PRIMARY KEY ("select")
);
CREATE INDEX "i.x" ON public."Order ""1""" USING btree ("a.b");
