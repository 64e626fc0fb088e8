CREATE DOMAIN mail AS text CHECK (VALUE <> '');
CREATE TYPE pair AS (a int, b mail);
CREATE TABLE users (pairs pair);
