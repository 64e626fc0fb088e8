CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, "user" int CONSTRAINT orders_user_fkey REFERENCES users);
ALTER TABLE users DISABLE TRIGGER ALL;
