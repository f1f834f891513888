def git = evaluate(new File(basedir, "../../../src/it/beacon.groovy"))
// Nobody has told git to ignore what the train leaves: it is no part of the product all the same.
def ignored = new File(basedir, ".gitignore")
ignored.text = ignored.text.replace("target/\n", "")
git("commit", "-q", "-a", "-m", "beacon 0.2.0 again")
git("push", "-q", "origin", "main")
return true
