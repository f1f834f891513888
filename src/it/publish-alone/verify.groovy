def log = new File(basedir, "build.log").text
def runs = log.split("publish refused: gate verify-candidate has no receipt")
assert runs.size() == 2: "publish alone names the first gate that is missing, once"
for (gate in ["verify-alignment", "perf-gate", "stage-artifacts", "provenance"]) {
  assert runs[1].contains("gate " + gate + " has no receipt")
}
assert log.count("gate provenance has no receipt") >= 2: "a gate dropped from the POM is a missing receipt"
assert log.contains("stage-artifacts: passed"): "the gates before it did run"
assert !new File(basedir, "target/plasmite/sandbox/ledger.jsonl").text.contains('"event":"sent"')
