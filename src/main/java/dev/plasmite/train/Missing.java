package dev.plasmite.train;

import dev.plasmite.client.Command;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Executables;
import dev.plasmite.client.LetThrough;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a stage will miss when it runs here: configuration, files, the tap, and programs that are not installed. Asks nobody
 * but this machine's Python, whether it has twine.
 */
final class Missing {

  /** What each channel is published to and installed from with. */
  private static final Map<String, List<String>> CLIENTS =
      Map.of(
          "crates.io", List.of("cargo"),
          "npm", List.of("npm", "node"),
          "pypi", List.of("python"),
          "homebrew", List.of("git"));

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ReleasePlan plan;
  private final Map<String, String> environment;

  Missing(ReleasePlan plan, Map<String, String> environment) {
    this.plan = plan;
    this.environment = environment;
  }

  /** What is missing for a stage, a phrase each. */
  List<String> of(StageName stage) {
    List<String> missing = new ArrayList<>();
    boolean outside = plan.mode() != Mode.SANDBOX;
    switch (stage) {
      case VERIFY_CANDIDATE -> {
        need(missing, plan.candidate().changelog().isPresent(), "<changelog>, else nothing is checked of it");
        need(missing, plan.candidate().workflow().isPresent(), "<workflow>, else CI is not asked");
        plan.candidate().changelog().ifPresent(file -> file(missing, "<changelog>", file));
        plan.candidate().workflow().ifPresent(file -> file(missing, "<workflow>", file));
        plan.candidate().notices().forEach(file -> file(missing, "<notices>", file));
        if (plan.candidate().blockers().home().equals("ergo")) {
          client(missing, "ergo");
        }
      }
      case VERIFY_ALIGNMENT -> {}
      case PERF_GATE -> {
        need(missing, plan.perf().run().isPresent(), "<perfGate><run>, the command that measures");
        plan.perf().build().forEach(command -> program(missing, "<perfGate><build>", command));
        plan.perf().run().ifPresent(command -> program(missing, "<perfGate><run>", command));
      }
      case STAGE_ARTIFACTS -> {
        need(missing, !plan.staging().artifacts().isEmpty(), "<staging><artifacts>, what to ship");
        if (!outside) {
          plan.staging().commands().forEach(command -> program(missing, "<staging><commands>", command));
        }
        plan.staging().targets().ifPresent(file -> file(missing, "<staging><targets>", file));
        need(missing, !outside || plan.candidate().repository().isPresent(), "<githubRepository>, which has the build run");
        need(missing, !outside || plan.provenance().workflow().isPresent(), "<provenance><workflow>, the workflow that builds");
      }
      case PROVENANCE -> {
        var root = plan.provenance().trustedRoot();
        need(missing, !outside || root.isPresent(), "<provenance><trustedRoot>, what attestations are held against");
        need(missing, root.isEmpty() || Files.exists(root.get()), "the file of <provenance><trustedRoot>: " + root.orElse(null));
      }
      case PUBLISH -> {
        need(missing, !plan.channels().isEmpty(), "<channels>, where to publish");
        plan.channels().stream().map(ChannelPlan::name).flatMap(c -> CLIENTS.getOrDefault(c, List.of()).stream()).distinct()
            .forEach(client -> client(missing, client));
        plan.channels().stream().filter(c -> c.name().equals("pypi")).forEach(channel -> uploader(missing, channel));
        plan.channels().stream().filter(c -> c.name().equals("homebrew")).forEach(channel -> tap(missing, channel));
      }
      case VERIFY_DELIVERY -> {}
    }
    return missing;
  }

  private void file(List<String> missing, String parameter, String path) {
    need(missing, Files.exists(plan.repository().resolve(path)), "the file that " + parameter + " names: " + path);
  }

  /** The program of a command, when it is to be on the PATH: one below the checkout may be built by then. */
  private void program(List<String> missing, String parameter, String command) {
    String program = CommandLine.split(command).get(0);
    boolean built = program.contains("/") || program.contains(File.separator);
    boolean there = built || Executables.find(program, plan.repository(), environment.get("PATH")).isPresent();
    need(missing, there, program + " on the PATH, which " + parameter + " starts");
  }

  /** The tap's address is asked when it is its turn; whether there is one can be said now. */
  private void tap(List<String> missing, ChannelPlan channel) {
    TapPlace tap = new TapPlace(plan.repository(), channel.settings().get("tap"));
    try {
      if (plan.mode() == Mode.SANDBOX) {
        tap.copied();
      } else {
        tap.published();
      }
    } catch (Refusal e) {
      e.findings().forEach(f -> missing.add(f.what() + " -> " + f.remedy()));
    } catch (OutsideFailure e) {
      missing.add("a tap that can be read: " + e.getMessage());
    }
  }

  private void client(List<String> missing, String name) {
    String said = name.equals("python") ? plan.clients().getOrDefault(name, "python3") : executable(name);
    need(missing, there(name), said + " on the PATH, or named in <clients><" + name + ">");
  }

  private String executable(String client) {
    return plan.clients().getOrDefault(client, Executables.usual(client, plan.repository(), environment.get("PATH")));
  }

  private boolean there(String client) {
    return Executables.find(executable(client), plan.repository(), environment.get("PATH")).isPresent();
  }

  /** Who uploads to PyPI: what the channel names, else twine, else uv. */
  private void uploader(List<String> missing, ChannelPlan channel) {
    String named = channel.settings().getOrDefault("client", "");
    if (named.equals("uv")) {
      client(missing, "uv");
    } else if (there("python") && (named.equals("twine") || !there("uv")) && !hasTwine()) { // without Python, that is missing
      String twine = "twine in " + executable("python") + ", which uploads to PyPI: " + executable("python") + " -m pip install twine";
      missing.add(named.isEmpty() ? twine + "; or uv on the PATH, or named in <clients><uv>" : twine);
    }
  }

  /** As the upload starts it: neither the directory nor the user's own packages count. */
  private boolean hasTwine() {
    String find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('twine') is None)";
    try {
      return new Processes(Redactor.NONE)
          .run(Command.of(plan.repository(), List.of(executable("python"), "-I", "-c", find)).with(LetThrough.asking(environment)).within(LIMIT))
          .ok();
    } catch (OutsideFailure e) {
      return false;
    }
  }

  private static void need(List<String> missing, boolean there, String what) {
    if (!there) {
      missing.add(what);
    }
  }
}
