CREATE DOMAIN mail AS text CHECK (VALUE <> '');
CREATE DOMAIN work_mail AS mail[];
CREATE TYPE pair AS (a int, b mail);
