// The smallest product that can make the whole journey: an npm package with a release in its history.
def product = new File(basedir, "../../../src/it/beacon")
product.eachFileRecurse(groovy.io.FileType.FILES) { file ->
  def copy = new File(basedir, product.toPath().relativize(file.toPath()).toString())
  copy.parentFile.mkdirs()
  copy.bytes = file.bytes
  copy.setExecutable(file.canExecute())
}
def manifest = new File(basedir, "package.json")
def present = manifest.text
manifest.text = present.replace("0.2.0", "0.1.0")
def git = evaluate(new File(basedir, "../../../src/it/repository.groovy"))
git("tag", "-a", "-m", "beacon 0.1.0", "v0.1.0")
manifest.text = present
git("commit", "-q", "-a", "-m", "beacon 0.2.0")
git("push", "-q", "--follow-tags", "origin", "main")
return git
