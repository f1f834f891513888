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

  /** Slowdown below which nothing is ever called a regression, in percent; by default half the threshold. */
  Double minimumEffect;

  /** A scenario below this median on both sides is not judged, in milliseconds. */
  Double noiseFloor;

  /** Limit of all measuring, in seconds; 0 for none. */
  Integer timeBudget;

  /** Globs of scenarios that are judged by CPU time instead of wall time. */
  List<String> cpu = new ArrayList<>();

  /** Globs of scenarios that the candidate has dropped on purpose. */
  List<String> removed = new ArrayList<>();

  /** Regressions that are let through, by name. */
  List<WaiverParameters> waivers = new ArrayList<>();

  /** An older release for an advisory comparison that sees slow creep. */
  String anchorTag;

  /** Whether it is agreed that there may be no earlier release to compare with. */
  boolean firstRelease;

  /** Limit of one build command, in seconds. */
  Integer buildTimeout;

  /** One-minute load per core above which measuring is hopeless. */
  Double maxLoadPerCore;

  /** How long to wait for a hopeless host to calm down, in seconds. */
  Integer hostWait;

  /** {@code <waiver>}: a regression that is let through, and is always shown. */
  public static final class WaiverParameters {

    /** Its name, such as a ticket. */
    String name;

    /** Glob of the scenarios that it covers. */
    String scenario;

    /** Why, in a sentence. */
    String reason;
  }
}
