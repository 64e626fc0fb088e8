-- @renamed from=kin
CREATE OPERATOR FAMILY relatives USING btree;
-- @renamed from=odd_ops
CREATE OPERATOR CLASS even_ops FOR TYPE int USING btree FAMILY relatives AS OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
