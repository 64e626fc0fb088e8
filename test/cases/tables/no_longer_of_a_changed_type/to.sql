CREATE SCHEMA app;
CREATE TYPE public.pair AS (a int, b text);
CREATE TABLE public.pairs (p public.pair, ps public.pair[]);
