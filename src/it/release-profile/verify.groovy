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

// No credential that lay around: in no log, report, ledger or temporary file, in no spelling.
assert new File(basedir, "build.log").text.contains("[DEBUG]") == true: "it was a run with -X"
def spellings = { String secret ->
  def all = [secret, URLEncoder.encode(secret, "UTF-8"), secret.replace("&", "&amp;"), secret.bytes.encodeHex().toString()]
  // What base64 makes of it does not depend on what is before and after but for the ends.
  ["", "x", "xy"].each { before ->
    def whole = (before + secret).bytes.encodeBase64().toString()
    all << whole.substring(4, whole.length() - 4)
  }
  all
}
def canaries = ["npm", "node", "github", "twine", "cargo", "uv", "settings", "others"].collectMany { spellings("canary+of/" + it + "%41&Qx") }
def looked = 0
[basedir, new File(basedir.parentFile, "release-profile-tmp")].each { place ->
  place.eachFileRecurse(groovy.io.FileType.FILES) { kept ->
    if (!kept.path.contains("/.git/") && !kept.name.endsWith(".groovy") && kept.name != "invoker.properties") {
      looked++
      def text = kept.getText("ISO-8859-1")
      canaries.each { canary -> assert text.contains(canary) == false: "${kept} holds a credential" }
    }
  }
}
assert looked > 20: "log, reports, ledger and the sandbox were looked into"

assert new File(basedir, "build.log").text.contains("nothing is left in the sandbox: every channel there delivers this release")
// Status was typed without the profile that knows the phases; what it tells to type has it.
assert new File(basedir, "build.log").text.contains("read only: mvn -Prelease perf-gate -Dplasmite.mode=rehearsal")
