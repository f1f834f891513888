"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");

const { version } = require("./package.json");

/** The path of the program for this platform. */
function program() {
  const name = process.platform === "win32" ? "lantern.exe" : "lantern";
  return path.join(__dirname, "native", `${process.platform}-${process.arch}`, name);
}

/** What `lantern` says about a text. Throws when it cannot be run or fails. */
function signal(text) {
  const run = spawnSync(program(), { input: text, encoding: "utf8" });
  if (run.error) {
    throw run.error;
  }
  if (run.status !== 0) {
    throw new Error(run.stderr.trim());
  }
  return run.stdout.trimEnd();
}

module.exports = { program, signal, version };
