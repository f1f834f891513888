import groovy.json.JsonSlurper

def home = new File(basedir, "target/plasmite")
def report = new JsonSlurper().parse(new File(home, "report.json"))
assert report.version == "0.2.0" && report.tag == "v0.2.0" && report.mode == "sandbox"
assert report.stages*.name == ["verify-candidate", "verify-alignment", "perf-gate", "stage-artifacts", "provenance",
                               "publish", "verify-delivery"]
assert report.stages.every { it.verdict == "passed" }
def file = report.channels[0].artifacts[0]
assert file.sha256 == file.publishedSha256

def events = new File(home, "sandbox/ledger.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
assert events.count { it.event == "sent" } == 1: "a second publish sends nothing"
assert events.count { it.event == "verified" && it.delivered == it.sha256 } == 1
assert new File(home, "report.html").text.contains("0.2.0")

def canaries = ["canary-of-npm", "canary-of-node", "canary-of-github", "canary-of-twine", "canary-of-cargo"]
basedir.eachFileRecurse(groovy.io.FileType.FILES) { kept ->
  if (!kept.path.contains("/.git/") && kept.name != "verify.groovy" && kept.name != "invoker.properties") {
    def text = kept.getText("ISO-8859-1")
    canaries.each { canary -> assert text.contains(canary) == false: "${kept} holds a credential of the environment" }
  }
}

assert new File(basedir, "build.log").text.contains("nothing is left in the sandbox: every channel there delivers this release")
// Status was typed without the profile that knows the phases; what it tells to type has it.
assert new File(basedir, "build.log").text.contains("read only: mvn -Prelease perf-gate -Dplasmite.mode=rehearsal")
