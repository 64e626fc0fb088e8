ALTER VIEW "public"."v" RESET (security_invoker);
ALTER VIEW "public"."v" SET (security_barrier = true);
