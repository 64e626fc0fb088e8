CREATE DOMAIN mail AS text NOT NULL CHECK (VALUE <> '');
CREATE TABLE users (mails mail[]);
