def log = new File(basedir, "build.log").text
assert log.contains("package.json:3:15") == true: "the place of the drift"
assert (log.contains("1.1.9") && log.contains("1.2.0")) == true: "what was found and what was expected"
assert log.contains("\tat dev.plasmite") == false: "no stack trace for a user's mistake"
