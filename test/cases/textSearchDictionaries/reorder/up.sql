ALTER TEXT SEARCH DICTIONARY "public"."d" (stopwords = 'english', language = 'english');
