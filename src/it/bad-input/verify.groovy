def log = new File(basedir, "build.log").text
assert log.contains("unknown mode 'lively'") && log.contains("sandbox, rehearsal, live")
assert log.contains("v9.9.9")
// All mistakes of the configuration together, each with its parameter.
assert log.contains("<changelog>") && log.contains("leaves the repository")
assert log.contains("<perfGate><threshold>") && log.contains("<perfGate><format>")
assert log.contains("'cpan' is not known") && log.contains("'golden' is not known")
assert log.contains("broken/package.json:4:1")
assert log.contains("not a version: 'v0.3'")
assert log.contains("tools/no-such-npm") && log.contains("<clients><npm>")
assert !log.contains("\tat dev.plasmite"): "no stack trace for a user's mistake"
// Nothing changed.
assert new File(basedir, "package.json").text.contains('"version": "0.2.0"')
assert !new File(basedir, "target/plasmite/sandbox/ledger.jsonl").text.contains('"event":"sent"')
