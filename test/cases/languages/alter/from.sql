CREATE LANGUAGE own HANDLER plpgsql_call_handler;
CREATE TRUSTED LANGUAGE less HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
REVOKE USAGE ON LANGUAGE less FROM PUBLIC;
COMMENT ON LANGUAGE less IS 'does less';
