ALTER SERVER "s" VERSION '2' OPTIONS (SET "host" 'i', ADD "port" '5');
