def git = evaluate(new File(basedir, "../../../src/it/beacon.groovy"))
// Nobody has told git to ignore what the train leaves: it is no part of the product all the same.
def ignored = new File(basedir, ".gitignore")
// (Maven 4 leaves files of its own.)
ignored.text = ignored.text.replace("target/\n", "/target/consumer-*.pom\n/target/project-local-repo/\n")
git("commit", "-q", "-a", "-m", "beacon 0.2.0 again")
git("push", "-q", "origin", "main")
// Beside the project, where Maven is told to look: a server that the channel names, and one of nobody.
new File(basedir.parentFile, "release-profile-tmp").mkdirs()
new File(basedir.parentFile, "release-profile-settings.xml").text = """<settings><servers>
  <server><id>npm-of-settings</id><password>canary+of/settings%41&amp;Qx</password></server>
  <server><id>other-of-settings</id><username>u</username><password>canary+of/others%41&amp;Qx</password></server>
</servers></settings>
"""
return true
