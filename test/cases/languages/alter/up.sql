CREATE OR REPLACE TRUSTED LANGUAGE "less" HANDLER plpgsql_call_handler;
CREATE OR REPLACE TRUSTED LANGUAGE "own" HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
