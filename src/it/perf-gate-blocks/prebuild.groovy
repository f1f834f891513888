return evaluate(new File(basedir, "../../../src/it/perf-gate/product.groovy")).call("scenario-4")
