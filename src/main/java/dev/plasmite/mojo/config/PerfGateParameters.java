package dev.plasmite.mojo.config;

import java.util.ArrayList;
import java.util.List;

/** {@code <perfGate>}: how performance is measured and judged. */
public final class PerfGateParameters {

  /** Commands that build the benchmark in a checkout. */
  List<String> build = new ArrayList<>();

  /** The command that runs the benchmark. */
  String run;

  /** The format of its result. */
  String format;

  /** A file, relative to the checkout, that holds the result; by default it is printed. */
  String resultFile;

  /** Slowdown that is tolerated, in percent. */
  Double threshold;

  /** Globs of scenarios that are shown and not gated. */
  List<String> advisory = new ArrayList<>();

  /** Cap on pairs of runs. */
  Integer maxPairs;

  /** Limit of one benchmark run, in seconds. */
  Integer runTimeout;
}
