CREATE LANGUAGE own HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR int LANGUAGE own (FROM SQL WITH FUNCTION varchar_support(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE own IS 'how own sees numbers';
