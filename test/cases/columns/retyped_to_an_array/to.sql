CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE "Odd name" (id int PRIMARY KEY, a mood[], b int[]);
