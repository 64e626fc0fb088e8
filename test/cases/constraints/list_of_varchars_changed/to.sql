CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE a (state varchar(10) CHECK (state IN ('open', 'closed', 'new')));
