CREATE TABLE users (id int PRIMARY KEY, boss int REFERENCES users);
CREATE TABLE orders (id int PRIMARY KEY, "user" int CONSTRAINT orders_user_fkey REFERENCES users);
ALTER TABLE orders DISABLE TRIGGER ALL;
