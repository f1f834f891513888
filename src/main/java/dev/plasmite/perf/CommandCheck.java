package dev.plasmite.perf;

import dev.plasmite.client.CommandLine;
import dev.plasmite.client.ShellSyntax;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mistakes in the commands of a benchmark that would let it do something else than its author meant, before anything is
 * checked out: shell syntax that no shell reads, a placeholder that is not replaced, and whatever would let both sides
 * run the code of the user's own work tree, which compares a program with itself and always passes.
 */
final class CommandCheck {

  private static final String RUN = "<perfGate><run>";
  private static final String BUILD = "<perfGate><build>";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{\\{?\\s*(scenarios?)\\s*}", Pattern.CASE_INSENSITIVE);

  /** Variables by which programs find the code they load. */
  private static final List<String> CODE = List.of(
      "PYTHONPATH", "NODE_PATH", "CLASSPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LD_PRELOAD", "GOWORK", "GOFLAGS",
      "RUSTFLAGS", "PERL5LIB", "RUBYLIB");

  private final PerfPlan plan;
  private final Path repository;
  private final List<Finding> wrong = new ArrayList<>();

  CommandCheck(PerfPlan plan, Path repository) {
    this.plan = plan;
    this.repository = repository;
  }

  /** All that is wrong with the commands in this environment. */
  List<Finding> mistakes(Map<String, String> environment) {
    plan.build().forEach(command -> argv(BUILD, command));
    if (plan.run().filter(r -> !r.isBlank()).isEmpty()) {
      wrong.add(
          Finding.of(RUN + " is not set: there is no benchmark to run")
              .remedy("set " + RUN + " to the command that runs the benchmark and prints its result"));
    } else {
      argv(RUN, plan.run().get());
    }
    CODE.stream().filter(name -> names(environment.getOrDefault(name, ""))).forEach(name -> wrong.add(
        Finding.of("the environment variable " + name + " names " + repository
                + ", so both sides would load the code of your work tree")
            .at(Place.file(name)).remedy("unset it, or set it in the command, relative to the checkout: env " + name + "=...")));
    return wrong;
  }

  private void argv(String where, String command) {
    try {
      List<String> argv = CommandLine.split(command);
      ShellSyntax.in(command)
          .forEach(m -> wrong.add(Finding.of(where + " " + m.what() + ": " + command).at(Place.file(where)).remedy(m.remedy())));
      if (argv.stream().anyMatch(this::names)) {
        wrong.add(
            Finding.of(where + " names a file of " + repository + ", so both sides would run the same program")
                .at(Place.file(where)).remedy("write the path relative to the checkout"));
      }
      argv.forEach(argument -> placeholder(where, argument, argv));
    } catch (Refusal e) {
      e.findings().forEach(f -> wrong.add(f.at(Place.file(where))));
    }
  }

  /** What looks like the placeholder and is not replaced; a tool may have a parameter of that name itself. */
  private void placeholder(String where, String argument, List<String> argv) {
    Matcher m = PLACEHOLDER.matcher(argument);
    while (m.find()) {
      boolean right = m.group().equals(BenchCommand.PLACEHOLDER);
      if (right ? where.equals(BUILD) : !argv.contains(m.group(1))) {
        wrong.add(
            Finding.of(where + " has " + m.group() + (right ? ", which is only replaced in " + RUN : ", which is not replaced"))
                .at(Place.file(where))
                .remedy(right ? "build the whole benchmark" : "write " + BenchCommand.PLACEHOLDER));
      }
    }
  }

  /** Whether a text has the path of the user's repository in it, or of a file in it. */
  private boolean names(String text) {
    String path = repository.toString();
    for (int at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
      int end = at + path.length();
      if (end == text.length() || !(Character.isLetterOrDigit(text.charAt(end)) || "_-.".indexOf(text.charAt(end)) >= 0)) {
        return true;
      }
    }
    return false;
  }
}
