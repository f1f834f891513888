import groovy.json.JsonSlurper

new File(basedir.parentFile, basedir.name + "-stop").text = ""
def result = new JsonSlurper().parse(new File(basedir, "target/plasmite/perf/result.json"))
def proven = result.scenarios.findAll { it.state == "regressed" }*.key
def suspected = result.scenarios.find { it.key == "scenario-4" }.state == "slow"
// Where other programs disturb most runs, the pairs may not prove it: then it is blocked as suspected.
assert result.verdict == "failed" && proven == ["scenario-4"] || result.verdict == "inconclusive" && proven.isEmpty() && suspected
def ratio = result.scenarios.find { it.key == "scenario-4" }.ratio
assert (ratio > 1.25 && ratio == result.scenarios*.ratio.max()): "half as much work again, seen as " + ratio
def log = new File(basedir, "build.log").text
assert log.contains("scenario-4 is ") && log.contains("slower than v0.1.0")
assert log.contains("\tat dev.plasmite") == false: "no stack trace for a user's mistake"
