CREATE TYPE pair AS (x int, z date, w text COLLATE "C");
