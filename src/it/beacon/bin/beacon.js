#!/usr/bin/env node
console.log(`beacon ${require("../package.json").version}`);
