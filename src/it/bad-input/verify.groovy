def log = new File(basedir, "build.log").text
def said = { String what, String... words ->
  words.each { word -> assert log.contains(word) == true: what + ": " + word }
}
said("a wrong mode", "unknown mode 'lively'", "sandbox, rehearsal, live")
said("a base tag that does not exist", "v9.9.9")
said("all mistakes of the configuration together, each with its parameter",
     "<changelog>", "leaves the repository", "<perfGate><threshold>", "<perfGate><format>", "'cpan' is not known",
     "'golden' is not known")
said("a manifest that does not parse", "broken/package.json:4:1")
said("a version that is none", "not a version: 'v0.3'")
said("a client that is not there", "tools/no-such-npm", "<clients><npm>")
assert log.contains("\tat dev.plasmite") == false: "no stack trace for a user's mistake"
assert new File(basedir, "package.json").text.contains('"version": "0.2.0"'): "nothing changed"
assert new File(basedir, "target/plasmite/sandbox/ledger.jsonl").text.contains('"event":"sent"') == false: "nothing sent"
