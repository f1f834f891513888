import groovy.json.JsonSlurper

new File(basedir.parentFile, basedir.name + "-stop").text = ""
def result = new JsonSlurper().parse(new File(basedir, "target/plasmite/perf/result.json"))
assert result.verdict == "passed"
assert result.scenarios.size() == 10 && result.scenarios.every { it.state == "fine" }
assert new File(basedir, "target/plasmite/perf/report.html").text.contains("scenario-4")
