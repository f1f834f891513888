evaluate(new File(basedir, "../../../src/it/beacon.groovy"))
return true
