DROP TABLE "public"."grandchild";
DROP TABLE "public"."child";
