package dev.plasmite.perf;

import dev.plasmite.client.Command;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.perf.format.BenchmarkFormat;
import dev.plasmite.perf.format.Formats;
import dev.plasmite.perf.format.Measurement;
import dev.plasmite.perf.format.UnreadableResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Builds and runs the product's own benchmark in a checkout. */
final class BenchCommand {

  /** Stands for the scenarios to run; nothing stands for all. */
  static final String PLACEHOLDER = "{scenarios}";

  /** Longer lists of scenarios than a command line takes everywhere mean a run of the whole suite. */
  private static final int LONGEST_LIST = 30_000;

  private static final int TAIL = 15;

  /** What is shown of bad values; a suite may have thousands. */
  private static final int SHOWN = 10;

  private final PerfPlan plan;
  private final BenchmarkFormat format;
  private final List<String> run;
  private final Processes processes;
  private final Map<String, String> environment;
  private final Strays strays = new Strays();

  /**
   * @throws Refusal when the plan has no run command, or one that both sides would share, or an unknown format
   */
  BenchCommand(PerfPlan plan, Path repository, Processes processes, Map<String, String> environment) {
    this.plan = plan;
    this.processes = processes;
    // A shared target directory would make both sides run the same program; the others name the user's own directories.
    Map<String, String> own = new TreeMap<>(environment);
    List.of("CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "PWD", "OLDPWD")
        .forEach(own::remove);
    this.environment = strays.marked(own);
    List<Finding> wrong = new CommandCheck(plan, repository).mistakes(own);
    this.format = format(wrong);
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
    this.run = CommandLine.split(plan.run().orElseThrow());
  }

  private BenchmarkFormat format(List<Finding> wrong) {
    try {
      return Formats.named(plan.format());
    } catch (Refusal e) {
      wrong.addAll(e.findings());
      return null;
    }
  }

  /** Whether the benchmark can be told what to run. */
  boolean filters() {
    return run.stream().anyMatch(a -> a.contains(PLACEHOLDER));
  }

  /** The environment of every build and run, of both sides. */
  Map<String, String> environment() {
    return environment;
  }

  /** Leaves in a scratch directory what tells this gate's processes, should it be killed. */
  void noteStrays(Path scratch) {
    try {
      Leftovers.note(scratch, strays);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write to " + scratch, e);
    }
  }

  /**
   * Builds one side.
   *
   * @throws Refusal when a command fails
   */
  void build(Side side) {
    for (String command : plan.build()) {
      Exit exit = start(side, command, CommandLine.split(command), plan.policy().buildTimeout());
      if (!exit.ok()) {
        throw new Refusal(
            Finding.of("the build of " + side.shown() + " failed: " + command + " "
                + ended(exit, plan.policy().buildTimeout()))
                .at(Place.file(side.shown()))
                .remedy(
                    side.role().equals("base")
                        ? "make the release buildable here, or compare with another: <baseTag>"
                        : "make <perfGate><build> work in a fresh checkout of the commit"));
      }
    }
  }

  /**
   * Runs the benchmark once.
   *
   * @param wanted what {@code {scenarios}} becomes; empty for all
   * @return the scenarios by key, in the benchmark's order
   * @throws Refusal with all that is wrong with the run or its result
   */
  Map<String, Measurement> run(Side side, String which, Collection<String> wanted) {
    String list = format.selection(wanted);
    String scenarios = list.length() > LONGEST_LIST ? format.selection(List.of()) : list;
    String place = plan.resultFile().filter(f -> !f.isBlank()).orElse(format.usualResult());
    Path file = place.isEmpty() ? null : inside(side, place);
    try {
      if (file != null) {
        Scratch.remove(file); // a result of an earlier run must never be taken for this one's
      }
      List<String> argv = run.stream().map(a -> a.replace(PLACEHOLDER, scenarios)).toList();
      Exit exit = start(side, plan.run().orElseThrow(), argv, plan.runTimeout());
      if (!exit.ok()) {
        throw bad(side, which, "the benchmark " + ended(exit, plan.runTimeout()),
            "mend it, or <perfGate><run> or <runTimeout>");
      }
      return checked(side, which, format.read(result(side, which, file, exit)));
    } catch (UnreadableResult e) {
      throw bad(side, which, "the result cannot be read as '" + format.id() + "': " + e.getMessage(),
          "mend the benchmark, or set <perfGate><format> to what it prints: " + Formats.names()
              + "; samples is the plain one, for a benchmark of your own (docs/perf-gate.md)");
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the result of " + which + " of " + side.shown(), e);
    }
  }

  private BenchmarkFormat.Result result(Side side, String which, Path file, Exit exit) throws IOException {
    if (file == null) {
      if (exit.out().getBytes(StandardCharsets.UTF_8).length >= Processes.KEPT) {
        throw bad(side, which, "the benchmark printed more than " + Processes.KEPT / 1024 / 1024 + " MiB, so not all of"
            + " its result was kept", "let it print less, or write a file: <perfGate><resultFile>");
      }
      return BenchmarkFormat.Result.text(exit.out());
    }
    if (Files.isDirectory(file)) {
      return new BenchmarkFormat.Result("", file);
    }
    if (!Files.isRegularFile(file)) {
      String with = format.writtenWith();
      throw bad(side, which, "the benchmark wrote no " + side.directory().relativize(file),
          with.isEmpty() ? "set <perfGate><resultFile>, or leave it out when the result is printed"
              : "let <perfGate><run> write it (" + with + "), or say where it is: <perfGate><resultFile>");
    }
    String text = Files.readString(file);
    if (text.isBlank()) {
      throw bad(side, which, "the benchmark left " + side.directory().relativize(file) + " empty",
          "mend it, or <perfGate><run>");
    }
    return BenchmarkFormat.Result.text(text);
  }

  private static Path inside(Side side, String place) {
    Path file = side.directory().resolve(place).normalize();
    if (!file.startsWith(side.directory()) || file.equals(side.directory())) {
      throw new Refusal(
          Finding.of("<perfGate><resultFile> '" + place + "' is not inside the checkout")
              .remedy("write a path relative to the checkout"));
    }
    return file;
  }

  private Map<String, Measurement> checked(Side side, String which, List<Measurement> all) {
    Map<String, Measurement> out = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Measurement raw : all) {
      Measurement m = anywhere(side, raw);
      if (out.put(m.key(), m) != null) {
        wrong.add("scenario " + m.key() + " is there twice");
      }
      if (!usable(m.value())) {
        wrong.add("scenario " + m.key() + " has the value " + m.value());
      }
      m.cpu().ifPresent(cpu -> {
        if (!usable(cpu)) {
          wrong.add("scenario " + m.key() + " has the CPU time " + cpu);
        }
      });
    }
    if (all.isEmpty()) {
      wrong.add("the result has no scenario"
          + (which.equals(Session.SMOKE) && filters() ? "; in this run all are wanted, for which " + PLACEHOLDER + " was '"
              + format.selection(List.of()) + "'" : ""));
    }
    if (!wrong.isEmpty()) {
      List<Finding> findings = new ArrayList<>();
      wrong.stream().limit(SHOWN).forEach(w ->
          findings.add(finding(side, which, w, "every scenario needs a name of its own and one finite value above zero; the gate itself repeats the runs")));
      if (wrong.size() > SHOWN) {
        findings.add(finding(side, which, "and " + (wrong.size() - SHOWN) + " more of this kind", ""));
      }
      throw new Refusal(findings);
    }
    return out;
  }

  /** A tool may name the checkout itself, in a command or an option; both sides must mean the same by it. */
  private static Measurement anywhere(Side side, Measurement m) {
    String here = side.directory().toString();
    UnaryOperator<String> relative = text -> text.replace(here, ".");
    return new Measurement(relative.apply(m.key()), relative.apply(m.selector()), m.unit(), m.value(), m.cpu(),
        relative.apply(m.runtime()));
  }

  private static boolean usable(double value) {
    return value > 0 && !Double.isInfinite(value);
  }

  private Exit start(Side side, String shown, List<String> argv, Duration limit) {
    try {
      return processes.run(new Command(argv, side.directory(), environment, false, limit));
    } catch (OutsideFailure e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw new Refusal(
          Finding.of("cannot start '" + shown + "' in the checkout of " + side.shown() + ": " + e.getMessage())
              .at(Place.file(side.shown()))
              .remedy("install the program, or mend the command in <perfGate>; it runs in the root of the checkout, without a shell"));
    } finally {
      strays.end();
    }
  }

  private static String ended(Exit exit, Duration limit) {
    String how = exit.timedOut() ? "took longer than " + limit.toSeconds() + " s and was ended"
        : "ended with exit code " + exit.code();
    String tail = exit.tail(TAIL);
    return tail.isBlank() ? how : how + ":\n" + tail;
  }

  private static Refusal bad(Side side, String which, String what, String remedy) {
    return new Refusal(finding(side, which, what, remedy));
  }

  private static Finding finding(Side side, String which, String what, String remedy) {
    return Finding.of(which + " of " + side.shown() + ": " + what).at(Place.file(side.shown())).remedy(remedy);
  }
}
