ALTER TEXT SEARCH DICTIONARY "public"."d" (language = 'german', stopwords = 'german');
