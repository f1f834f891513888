package dev.plasmite.train;

import dev.plasmite.alignment.VerifyAlignment;
import dev.plasmite.candidate.VerifyCandidate;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.perf.PerfCalibration;
import dev.plasmite.perf.PerfGate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The train on real services: the gates of the maintainer's machine. Building, publishing and delivery are refused. */
final class OutsideAssembly implements Assembly {

  private static final Pattern SECRET =
      Pattern.compile(".*(TOKEN|SECRET|PASS|CREDENTIAL|KEY|AUTH|PRIVATE).*|(.*_)?PAT", Pattern.CASE_INSENSITIVE);

  private final Assemblies parts;
  private final ReleasePlan plan;

  OutsideAssembly(Assemblies parts) {
    this.parts = parts;
    this.plan = parts.plan();
  }

  @Override
  public Stage stage(StageName name) {
    return switch (name) {
      case VERIFY_CANDIDATE ->
          new VerifyCandidate(
              plan,
              parts.repository(),
              github(),
              false,
              parts.clock(),
              parts.progress(),
              parts.blockers().open(),
              parts.repository().remote("origin").flatMap(r -> OriginCredentials.forReading(r, System.getenv())));
      case VERIFY_ALIGNMENT -> new VerifyAlignment(plan, parts.progress());
      case PERF_GATE -> new PerfGate(plan, new Processes(Redactor.NONE), withoutSecrets(System.getenv()), parts.progress());
      default -> throw new Refusal(notSupported(name));
    };
  }

  @Override
  public PerfCalibration calibration() {
    return new PerfCalibration(plan, new Processes(Redactor.NONE), withoutSecrets(System.getenv()), parts.progress());
  }

  @Override
  public void close() {
    // Nothing was started.
  }

  private List<Finding> notSupported(StageName name) {
    String remedy = "run it in the sandbox: -Dplasmite.mode=sandbox";
    if (name != StageName.PUBLISH && name != StageName.VERIFY_DELIVERY) {
      return List.of(Finding.of("mode " + plan.mode().id() + " is not supported yet for " + name.id()).remedy(remedy));
    }
    List<Finding> findings = new ArrayList<>();
    plan.channels()
        .forEach(
            channel ->
                findings.add(
                    Finding.of("mode " + plan.mode().id() + " is not supported yet for channel " + ChannelNames.shown(channel.name()))
                        .remedy(remedy)));
    return findings.isEmpty() ? List.of(Finding.of("no channel is configured").remedy("name one in <channels>")) : findings;
  }

  /** As GitHub's own tools find it. */
  private Optional<GitHubClient> github() {
    URI api = URI.create(System.getenv().getOrDefault("GITHUB_API_URL", "https://api.github.com"));
    return Optional.of(new GitHubClient(api, Optional.ofNullable(System.getenv("GITHUB_TOKEN")), new EffectGate(plan.mode())));
  }

  /** What a benchmark gets of the maintainer's environment: the toolchains, and no credential. */
  static Map<String, String> withoutSecrets(Map<String, String> environment) {
    Map<String, String> kept = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (!SECRET.matcher(name).matches()) {
            kept.put(name, value);
          }
        });
    return kept;
  }
}
