package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StagingPlan.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * cargo-binstall, which takes a crate's programs from the GitHub release: nothing is sent there, but the templates in the
 * crate's manifest must lead to files of this very release.
 */
public final class BinstallChannel extends NamedChannel {

  private final URI web;
  private final String repository;
  private final UnaryOperator<URI> resolve;
  private final TarballInstall tarballs;

  /**
   * Makes the channel.
   *
   * @param web GitHub's address for people and downloads, without a slash at its end
   * @param repository {@code owner/name}
   * @param resolve where an address is really read from: itself, or the sandbox's stand-in for GitHub
   */
  public BinstallChannel(Workbench bench, ChannelPlan plan, URI web, String repository, UnaryOperator<URI> resolve) {
    super("cargo-binstall", bench, plan);
    this.web = web;
    this.repository = repository;
    this.resolve = resolve;
    this.tarballs = new TarballInstall(bench, plan);
  }

  @Override
  List<Finding> state() {
    List<Finding> findings = new ArrayList<>();
    if (plan.tier().equals("official")) {
      findings.add(
          Finding.of("channel cargo-binstall cannot be official: it is only checked, no client installs from it").remedy("write <tier>preview</tier>"));
    }
    resolved(findings);
    return findings;
  }

  @Override
  public List<Act> acts(Leg leg) {
    return leg == Leg.TAP ? List.of(new Check()) : List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    List<Delivered> delivered = new ArrayList<>();
    for (Map.Entry<String, Artifact> found : resolved(new ArrayList<>()).entrySet()) {
      delivered.add(http.delivered(resolve.apply(HttpReading.address(web, found.getKey())), found.getValue(), directory));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    for (Map.Entry<String, Artifact> found : resolved(new ArrayList<>()).entrySet()) {
      Artifact file = found.getValue();
      if (TarballInstall.isForThisPlatform(file)) {
        Delivered received = http.delivered(resolve.apply(HttpReading.address(web, found.getKey())), file, directory);
        return tarballs.install("pkg-url", "pkg-url -> " + file.file(), directory.resolve(file.file()), received, directory);
      }
    }
    throw new OutsideFailure("no template leads to a file for this platform");
  }

  @Override
  public List<Installation> installations(Path directory) {
    boolean any = resolved(new ArrayList<>()).values().stream().anyMatch(TarballInstall::isForThisPlatform);
    return any ? List.of(install(directory)) : List.of();
  }

  @Override
  public Map<String, String> notRunHere() {
    return TarballInstall.leftOut(resolved(new ArrayList<>()).values().stream().distinct().toList());
  }

  @Override
  Duration usualPropagation() {
    return Duration.ofMinutes(1);
  }

  /** The files that the templates lead to, by their addresses; what leads nowhere is found. */
  private Map<String, Artifact> resolved(List<Finding> findings) {
    Map<String, Artifact> resolved = new LinkedHashMap<>();
    boolean any = false;
    for (Artifact crate : bench.artifacts(Kind.CRATE)) {
      Optional<BinstallTemplates> templates = BinstallTemplates.of(crate);
      if (templates.isPresent()) {
        any = true;
        resolve(crate, templates.get(), resolved, findings);
      }
    }
    if (!any) {
      findings.add(
          Finding.of("no staged crate has [package.metadata.binstall]").remedy("write it into the Cargo.toml of the crate with the program, or remove the channel"));
    }
    return resolved;
  }

  private void resolve(Artifact crate, BinstallTemplates templates, Map<String, Artifact> resolved, List<Finding> findings) {
    int before = resolved.size();
    TreeSet<String> targets = templates.overridden();
    for (String target : targets) {
      if (!reach(templates, target, resolved)) {
        List<String> addresses = templates.addresses(target);
        findings.add(
            Finding.of(
                    "pkg-url of " + crate.file() + " for " + target + " leads to no file of this release: "
                        + (addresses.isEmpty() ? "there is no template" : String.join(", ", addresses)))
                .remedy("the addresses of this release begin with " + base() + "; mend the template, or stage that file"));
      }
    }
    if (templates.general()) {
      BinstallTemplates.TARGETS.stream().filter(target -> !targets.contains(target)).forEach(target -> reach(templates, target, resolved));
    }
    if (resolved.size() == before && findings.isEmpty()) {
      findings.add(
          Finding.of("pkg-url of " + crate.file() + " leads to no file of this release for any target: " + templates.addresses(BinstallTemplates.TARGETS.get(0)))
              .remedy("the addresses of this release begin with " + base()));
    }
  }

  private boolean reach(BinstallTemplates templates, String target, Map<String, Artifact> resolved) {
    for (String address : templates.addresses(target)) {
      for (Artifact asset : bench.artifacts()) {
        boolean released = asset.kind() == Kind.SDK || asset.kind() == Kind.OTHER;
        if (released && address.equals(base() + asset.file())) {
          resolved.put(address, asset);
          return true;
        }
      }
    }
    return false;
  }

  private String base() {
    return web + "/" + repository + "/releases/download/" + bench.plan().tag() + "/";
  }

  /** Sends nothing: that the templates lead to this release is all there is to do. */
  private final class Check implements Act {

    @Override
    public String what() {
      return "find this release by the templates of cargo-binstall";
    }

    @Override
    public String file() {
      return "";
    }

    @Override
    public String sha256() {
      return "";
    }

    @Override
    public Effect effect() {
      return Effect.READ;
    }

    @Override
    public URI endpoint() {
      return resolve.apply(URI.create(base()));
    }

    @Override
    public Holding holding() {
      List<Finding> findings = new ArrayList<>();
      resolved(findings);
      return findings.isEmpty() ? Holding.same("") : Holding.other(findings.get(0).what());
    }

    @Override
    public String send() {
      return "nothing is sent to cargo-binstall";
    }
  }
}
