CREATE OR REPLACE TRUSTED LANGUAGE "less" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE OR REPLACE LANGUAGE "own" HANDLER plpgsql_call_handler;
