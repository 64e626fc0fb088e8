CREATE TABLE measures (size integer CONSTRAINT sane CHECK (size > 0));
CREATE TABLE lengths () INHERITS (measures);
CREATE TABLE weights () INHERITS (measures);
