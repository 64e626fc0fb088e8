ALTER SERVER "s" VERSION '1' OPTIONS (DROP "port", SET "host" 'h');
