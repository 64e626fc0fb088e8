ALTER FOREIGN DATA WRAPPER "nowhere" RENAME TO "elsewhere";
ALTER SERVER "far" RENAME TO "away";
ALTER FOREIGN TABLE "public"."remote" RENAME TO "distant";
