assert new File(basedir, "Cargo.toml").text.contains('version = "1.2.3"')
assert new File(basedir, "package.json").text == '{\n  "name": "beacon",\n  "version": "1.2.3"\n}\n'
assert new File(basedir, "pom.xml").text.contains("<version>1.2.3</version>")

// What the dry run said is what the bump did: git applies it to the files as they were.
def git = { String... words ->
  def process = new ProcessBuilder(["git"] + (words as List)).directory(basedir).redirectErrorStream(true).start()
  def said = process.inputStream.text
  assert process.waitFor() == 0: words.join(" ") + ": " + said
  return said
}
def bumped = git("diff")
git("checkout", "-q", ".")
git("apply", ".git/bump.diff")
assert bumped.contains("1.2.3") && git("diff") == bumped
