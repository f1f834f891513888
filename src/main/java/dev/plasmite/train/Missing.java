package dev.plasmite.train;

import dev.plasmite.client.Executables;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a stage will miss when it runs here: configuration, files, and clients that are not installed. Asks nobody. */
final class Missing {

  /** What each channel is published to and installed from with. */
  private static final Map<String, List<String>> CLIENTS =
      Map.of(
          "crates.io", List.of("cargo"),
          "npm", List.of("npm", "node"),
          "pypi", List.of("python"),
          "homebrew", List.of("git"));

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
        if (plan.candidate().blockers().home().equals("ergo")) {
          client(missing, "ergo");
        }
      }
      case VERIFY_ALIGNMENT -> {}
      case PERF_GATE -> need(missing, plan.perf().run().isPresent(), "<perfGate><run>, the command that measures");
      case STAGE_ARTIFACTS -> {
        need(missing, !plan.staging().artifacts().isEmpty(), "<staging><artifacts>, what to ship");
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
      }
      case VERIFY_DELIVERY -> {}
    }
    return missing;
  }

  private void client(List<String> missing, String name) {
    String usual = name.equals("python") ? "python3" : name;
    String program = plan.clients().getOrDefault(name, usual);
    String path = environment.get("PATH");
    boolean there =
        Executables.find(program, plan.repository(), path).isPresent()
            || name.equals("python") && Executables.find("python", plan.repository(), path).isPresent();
    need(missing, there, program + " on the PATH, or named in <clients><" + name + ">");
  }

  private static void need(List<String> missing, boolean there, String what) {
    if (!there) {
      missing.add(what);
    }
  }
}
