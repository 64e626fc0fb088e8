CREATE SCHEMA app;
CREATE TYPE public.pair AS (a bigint, c text COLLATE "C", b text);
CREATE TABLE public.pairs OF public.pair (b DEFAULT 'x', UNIQUE (b));
COMMENT ON COLUMN public.pairs.b IS 'b';
