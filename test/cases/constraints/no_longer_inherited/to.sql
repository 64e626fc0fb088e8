CREATE TABLE measures (size integer CONSTRAINT sane CHECK (size > 0) NO INHERIT);
CREATE TABLE lengths (CONSTRAINT sane CHECK (size > 5)) INHERITS (measures);
CREATE TABLE weights () INHERITS (measures);
