import groovy.json.JsonSlurper

def log = new File(basedir, "build.log").text
assert log.contains("the root project is not part of this build") == true: "-pl without the root is refused"
def events = new File(basedir, "target/plasmite/sandbox/ledger.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
def verdicts = events.findAll { it.event == "verdict" }
assert verdicts*.stage == ["verify-candidate", "verify-alignment", "perf-gate", "stage-artifacts", "provenance",
                           "publish", "verify-delivery"]: "each stage once"
assert verdicts.every { it.verdict == "passed" }
assert !new File(basedir, "a/target/plasmite").exists()
assert !new File(basedir, "b/target/plasmite").exists()
