CREATE DOMAIN mail AS text;
CREATE TABLE users (mails mail[]);
