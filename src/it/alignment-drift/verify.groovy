def log = new File(basedir, "build.log").text
assert log.contains("package.json:3:15") : "the place of the drift"
assert log.contains("1.1.9") && log.contains("1.2.0") : "what was found and what was expected"
assert !log.contains("\tat dev.plasmite") : "no stack trace for a user's mistake"
