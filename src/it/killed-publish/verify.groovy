import groovy.json.JsonSlurper

assert new File(basedir, "target/killed").exists(): "npm has killed Maven"
def log = new File(basedir, "build.log").text
assert log.contains("publish: stopped") == false && log.count("publish: 0.2.0 at ") >= 2

// As text: what was done for sure, what may have arrived or not, and what to type.
assert log.contains("provenance         passed")
assert log.contains("publish            stopped in the middle")
assert log.contains("GitHub Releases    sent, not all seen there (preview)")
assert log.contains("npm                unknown (official)")
assert log.contains("next: mvn publish   (publish was stopped in the middle: it goes on from there, and sends nothing twice)")

def status = { String name -> new JsonSlurper().parse(new File(basedir, "target/" + name + ".json")) }
def states = { String name -> status(name).channels.collectEntries { [it.name, it.state] } }
def verdicts = { String name -> status(name).stages.collectEntries { [it.name, it.verdict] } }
assert verdicts("killed").provenance == "passed" && verdicts("killed").publish == "skipped"
assert states("killed") == ["GitHub Releases": "sent", "npm": "unknown"]
assert status("killed").next.command == "mvn publish"

// The command that it named brings the release to its end, and sends nothing twice.
assert verdicts("published").publish == "passed" && verdicts("published")["verify-delivery"] == "skipped"
assert states("published") == ["GitHub Releases": "published", "npm": "published"]
assert status("published").next.command == "mvn verify-delivery"
assert states("delivered").npm == "delivered"
assert status("delivered").next.command == null
