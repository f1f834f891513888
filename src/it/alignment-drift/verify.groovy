def log = new File(basedir, "build.log").text
assert log.contains("package.json:3:15") == true: "the place of the drift"
assert (log.contains("1.1.9") && log.contains("1.2.0")) == true: "what was found and what was expected"
assert log.contains("\tat dev.plasmite") == false: "no stack trace for a user's mistake"

// The second run: the gates before it ran, and nothing after it did.
def events = new File(basedir, "target/plasmite/sandbox/ledger.jsonl").readLines().collect { new groovy.json.JsonSlurper().parseText(it) }
assert events.findAll { it.event == "verdict" }.collect { [it.stage, it.verdict] } == [
    ["verify-alignment", "failed"], ["verify-candidate", "passed"], ["verify-alignment", "failed"]]: "the chain stops there"
assert log.contains("publish refused") == false && log.contains(":perf-gate") == false: "no later goal was started"
