CREATE TABLE "Order ""1""" ("select" int PRIMARY KEY, "a.b" text DEFAULT $$it's \ so$$);
CREATE INDEX "i.x" ON "Order ""1""" ("a.b");
