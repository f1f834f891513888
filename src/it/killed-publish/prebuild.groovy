new File(basedir, "tools/npm").setExecutable(true)
evaluate(new File(basedir, "../../../src/it/beacon.groovy"))
return true
