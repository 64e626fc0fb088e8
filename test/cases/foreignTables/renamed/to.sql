-- @renamed from=nowhere
CREATE FOREIGN DATA WRAPPER elsewhere;
-- @renamed from=far
CREATE SERVER away FOREIGN DATA WRAPPER elsewhere;
CREATE USER MAPPING FOR PUBLIC SERVER away;
-- @renamed from=remote
CREATE FOREIGN TABLE distant (id int) SERVER away;
