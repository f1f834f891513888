// Makes a git repository of an invoker project: everything committed on main, pushed to a bare origin beside it.
def run = { List<String> argv ->
  def process = new ProcessBuilder(argv).directory(basedir).redirectErrorStream(true).start()
  def said = process.inputStream.text
  assert process.waitFor() == 0: argv.join(" ") + ": " + said
}
def git = { String... words ->
  run(["git", "-c", "user.name=Maintainers", "-c", "user.email=maintainers@example.org", "-c", "commit.gpgsign=false",
       "-c", "tag.gpgsign=false", "-c", "core.autocrlf=false"] + (words as List))
}
def origin = new File(basedir.parentFile, basedir.name + "-origin.git")
origin.deleteDir()
new File(basedir, ".git").deleteDir()
new File(basedir, ".gitignore").text = "target/\nbuild.log\n*.groovy\n/invoker.properties\n/interpolated-*.xml\n"
git("init", "-q", "-b", "main")
git("add", "-A")
git("commit", "-q", "-m", "A product")
git("init", "-q", "--bare", "-b", "main", origin.path)
git("remote", "add", "origin", origin.path)
git("push", "-q", "-u", "origin", "main")
return git
