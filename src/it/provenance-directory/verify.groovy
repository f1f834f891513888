import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.security.MessageDigest

def log = new File(basedir, "build.log").text
// Some Mavens print an escape sequence before everything else.
def matrix = log.readLines()*.replaceFirst("^\u001b\\[0m", "").findAll { it.startsWith("{\"include\":") }
assert matrix.size() == 1: "with -q the matrix is a line by itself"
assert new JsonSlurper().parseText(matrix[0]).include*.target == ["x86_64-unknown-linux-gnu"]
assert new File(basedir, "target/github-output").text == "matrix=" + matrix[0] + "\n"
assert new File(basedir, "target/one.tar.gz").bytes == new File(basedir, "target/two.tar.gz").bytes
assert log.contains("proven: all 1 artifacts") && log.contains("not proven: that the build run did what it says")
assert log.contains("the tag v0.2.0 is the sandbox's: your repository has none yet")

def staged = new File(basedir, "target/plasmite/artifacts")
def sha256 = { byte[] bytes -> MessageDigest.getInstance("SHA-256").digest(bytes).encodeHex().toString() }
def archive = "beacon-0.2.0.tgz"

def maven = { List<String> words ->
  def home = System.getProperty("maven.home")
  def argv = [home + "/bin/mvn", "-B", "-o", "-Dmaven.repo.local=" + localRepositoryPath] + words
  def builder = new ProcessBuilder(argv).directory(basedir).redirectErrorStream(true)
  builder.environment().MAVEN_OPTS = [System.getenv("MAVEN_OPTS"), shortJvm].findAll().join(" ")
  def process = builder.start()
  process.outputStream.close()
  def said = process.inputStream.text
  return [code: process.waitFor(), said: said]
}
// A copy of the set, tampered with, and what is said of it.
def proof = { String name, String tag, List<String> more, Closure tamper ->
  def copy = new File(basedir, "target/" + name)
  copy.mkdirs()
  staged.eachFile { Files.copy(it.toPath(), new File(copy, it.name).toPath()) }
  tamper(copy)
  return maven(["plasmite:provenance", "-Dplasmite.artifacts=target/" + name, "-Dplasmite.releaseTag=" + tag] + more)
}
def refused = { result, String... words ->
  assert result.code == 1: result.said
  words.each { word -> assert result.said.contains(word): word + " in\n" + result.said }
  assert result.said.contains("provenance: failed")
  assert result.said.contains("proven: all") == false
}

// Publish counts on no gate that failed, and the registries see nothing of it.
def unsent = {
  def result = maven(["plasmite:publish"])
  assert result.code == 1 && result.said.contains("publish: failed"): result.said
  def registries = new File(basedir, "target/plasmite/sandbox/registries")
  def kept = []
  if (registries.exists()) {
    registries.eachFileRecurse { if (it.file && it.name ==~ /.*\.(tgz|crate|whl|gz)/) kept << it }
  }
  assert kept == []: kept
}

def was = sha256(new File(staged, archive).bytes)
refused(proof("swapped", "v0.2.0", []) { copy ->
  new File(copy, archive) << "x"
  new File(copy, "evil.sh").text = "x"
}, archive, "sha256 " + sha256(new File(basedir, "target/swapped/" + archive).bytes), "listed sha256 " + was, "extra file 'evil.sh'")
unsent()

// Artifact, checksums and manifest agree with each other, and with nobody who signed.
refused(proof("rewritten", "v0.2.0", []) { copy ->
  new File(copy, archive) << "x"
  def now = new File(copy, archive).bytes
  new File(copy, "SHA256SUMS").text = sha256(now) + "  " + archive + "\n"
  def manifest = new JsonSlurper().parse(new File(copy, "release-manifest.json"))
  manifest.artifacts[0].putAll([size: now.length, sha256: sha256(now),
                                sha512: MessageDigest.getInstance("SHA-512").digest(now).encodeHex().toString()])
  new File(copy, "release-manifest.json").text = JsonOutput.toJson(manifest)
}, "attestation.dsse.json", archive, was)

// Another key signs the same papers, and its public half comes along with them.
def foreign = { File copy ->
  def other = new File(basedir, "target/other")
  if (!other.exists()) {
    def result = maven(["plasmite:merge-manifests", "-Dplasmite.merge.parts=target/plasmite/artifacts",
                        "-Dplasmite.merge.publicKeys=target/plasmite/sandbox/keys/build-run.pem.pub",
                        "-Dplasmite.merge.into=target/other", "-Dplasmite.merge.signingKey=target/keys/other.pem"])
    assert result.code == 0: result.said
  }
  other.eachFile { new File(copy, it.name).bytes = it.bytes }
}
refused(proof("foreign", "v0.2.0", [], foreign), "the signature is not that of the key")
refused(proof("foreign-with-key", "v0.2.0", ["-Dplasmite.provenance.publicKey=target/foreign-with-key/other.pem.pub"]) { copy ->
  foreign(copy)
  new File(copy, "other.pem.pub").bytes = new File(basedir, "target/keys/other.pem.pub").bytes
}, "the key lies among the artifacts")
def configured = proof("foreign-configured", "v0.2.0", ["-Dplasmite.provenance.publicKey=target/keys/other.pem.pub"], foreign)
assert configured.code == 0: configured.said

refused(proof("other-tag", "v0.1.0", []) { }, "it is of v0.2.0, the release is v0.1.0")

// A directory that was named to be proven is neither built into nor moved.
def nowhere = maven(["plasmite:stage-artifacts", "-Dplasmite.artifacts=target/nowhere", "-Dplasmite.releaseTag=v0.2.0"])
assert nowhere.code == 1 && nowhere.said.contains("none are built into a directory that is to be proven"): nowhere.said
assert !new File(basedir, "target/nowhere").exists()

// The maintainer's own tag counts more than the sandbox's, and it must pin the commit that was built.
def git = { String... words ->
  def process = new ProcessBuilder(["git"] + (words as List)).directory(basedir).redirectErrorStream(true).start()
  def said = process.inputStream.text
  assert process.waitFor() == 0: said
  return said.trim()
}
git("-c", "user.name=release", "-c", "user.email=release@example.org", "commit", "--quiet", "--allow-empty", "-m", "later")
git("tag", "v0.2.0")
git("reset", "--quiet", "--soft", "HEAD~1")
refused(proof("moved-tag", "v0.2.0", []) { }, "the tag v0.2.0 pins")
git("-c", "user.name=release", "-c", "user.email=release@example.org", "tag", "--annotate", "--force", "-m", "release", "v0.2.0", "HEAD")
git("-c", "user.name=release", "-c", "user.email=release@example.org", "tag", "--annotate", "--force", "-m", "again", "v0.2.0", "v0.2.0")
def nested = proof("nested-tag", "v0.2.0", []) { }
assert nested.code == 0 && !nested.said.contains("is the sandbox's"): nested.said

assert new File(basedir, "target/plasmite/sandbox/ledger.jsonl").text.contains('"event":"sent"') == false: "nothing sent"
