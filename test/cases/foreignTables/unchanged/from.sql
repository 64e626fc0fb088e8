CREATE FOREIGN DATA WRAPPER nowhere OPTIONS (a '1', b '2');
CREATE SERVER far TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER nowhere OPTIONS (host 'h', port '1');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS ("user" 'u', password 'p');
CREATE FOREIGN TABLE remote (id int OPTIONS (n 'i')) SERVER far OPTIONS (a '1', b '2');
