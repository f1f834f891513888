#!/usr/bin/env node
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { program } = require("../index.js");

if (!existsSync(program())) {
  console.error(`lantern: this package has no program for ${process.platform}-${process.arch}`);
  process.exit(1);
}

const run = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`lantern: ${run.error.message}`);
}
process.exit(run.status ?? 1);
