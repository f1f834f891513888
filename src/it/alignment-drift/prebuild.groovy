evaluate(new File(basedir, "../../../src/it/repository.groovy"))
return true
