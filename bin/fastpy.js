#!/usr/bin/env node
require('./launch.js').launch(`${__dirname}/client/cli.cjs`);
