#!/usr/bin/env node
require('./launch.js').launch(`${__dirname}/src/main.js`);
