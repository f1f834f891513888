def log = new File(basedir, "build.log").text
def failures = log.readLines().findAll { it.startsWith("[ERROR]") }
def told = { String gate -> failures.count { it.contains("publish refused: gate " + gate + " has no receipt") } }
// The first run is publish alone; the second drops one gate from the lifecycle.
for (gate in ["verify-candidate", "verify-alignment", "perf-gate", "stage-artifacts"]) {
  assert told(gate) == 1: "publish alone names " + gate
}
assert told("provenance") == 2: "a gate dropped from the POM is a missing receipt"
assert log.contains("stage-artifacts: passed") == true: "the gates before it did run"
assert new File(basedir, "target/plasmite/sandbox/ledger.jsonl").text.contains('"event":"sent"') == false: "nothing sent"
