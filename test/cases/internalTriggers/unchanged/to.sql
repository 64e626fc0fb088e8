CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, "user" int);
ALTER TABLE orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY ("user") REFERENCES users;
ALTER TABLE orders DISABLE TRIGGER ALL;
