CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, "user" int CONSTRAINT orders_user_fkey REFERENCES users ON DELETE CASCADE);
ALTER TABLE users DISABLE TRIGGER ALL;
CREATE TABLE bills (id int, "user" int REFERENCES users);
