CREATE TRUSTED LANGUAGE own HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE TRUSTED LANGUAGE less HANDLER plpgsql_call_handler;
REVOKE USAGE ON LANGUAGE less FROM PUBLIC;
COMMENT ON LANGUAGE less IS 'does less';
