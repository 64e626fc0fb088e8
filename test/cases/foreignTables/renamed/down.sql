ALTER FOREIGN TABLE "public"."distant" RENAME TO "remote";
ALTER SERVER "away" RENAME TO "far";
ALTER FOREIGN DATA WRAPPER "elsewhere" RENAME TO "nowhere";
