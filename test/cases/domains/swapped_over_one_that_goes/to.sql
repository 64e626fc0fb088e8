CREATE DOMAIN work_mail AS text;
CREATE TYPE pair AS (a text, b text);
