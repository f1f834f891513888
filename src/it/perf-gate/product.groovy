// A product with a release and a candidate, on a machine that is kept busy while the gate measures.
return { String slower ->
  new File(basedir, "bench.py").bytes = new File(basedir, "../../../src/it/perf-gate/bench.py").bytes
  def git = evaluate(new File(basedir, "../../../src/it/repository.groovy"))
  git("tag", "-a", "-m", "the base", "v0.1.0")
  new File(basedir, slower == null ? "README" : "slower").text = (slower ?: "nothing that matters") + "\n"
  git("add", "-A")
  git("commit", "-q", "-m", "the candidate")
  git("push", "-q", "--follow-tags", "origin", "main")

  // One burner a core. They end when the file is there, or by themselves.
  def stop = new File(basedir.parentFile, basedir.name + "-stop")
  stop.delete()
  def burner = "import os, sys, time\nend = time.time() + 150\nwhile time.time() < end and not os.path.exists(sys.argv[1]):\n  for i in range(100000): pass\n"
  Runtime.runtime.availableProcessors().times {
    new ProcessBuilder("python3", "-c", burner, stop.path)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start()
  }
  return true
}
