ALTER USER MAPPING FOR PUBLIC SERVER "s" OPTIONS (ADD "password" 'it''s', SET "user" 'b');
