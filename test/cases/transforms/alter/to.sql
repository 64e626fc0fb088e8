CREATE LANGUAGE own HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR int LANGUAGE own (FROM SQL WITH FUNCTION numeric_support(internal), TO SQL WITH FUNCTION int4recv(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE own IS 'how own sees numbers';
