package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.artifact.Target.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The machine-readable list of targets ({@code release/targets.json}, {@code schema_version} 1), read strictly.
 *
 * @param targets in the order of the file; never empty
 */
public record Targets(List<Target> targets) {

  /** The channels whose support differs by target. */
  public static final List<String> CHANNELS = List.of("github_sdk", "homebrew", "npm", "pypi", "cargo_binstall");

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Targets {
    targets = List.copyOf(targets);
  }

  /**
   * Reads a targets file.
   *
   * @param shown its path relative to the repository, for findings
   * @throws Refusal with all that is wrong in it
   * @throws OutsideFailure when it cannot be read
   */
  public static Targets read(Path file, String shown) {
    return parse(SmallFile.bytes(file), shown);
  }

  /**
   * Reads a targets file's text.
   *
   * @throws Refusal with all that is wrong in it
   */
  public static Targets parse(byte[] json, String shown) {
    Place place = Place.file(shown);
    List<Finding> findings = new ArrayList<>();
    StrictFields root = StrictFields.parse(json, place, findings);
    root.number("schema_version", 1, 1);
    List<Target> targets = new ArrayList<>();
    for (StrictFields one : root.objects("targets")) {
      targets.add(target(one));
    }
    root.end();
    if (findings.isEmpty()) {
      unique("rust_target", targets, Target::rustTarget, root);
      unique("sdk_platform", targets, Target::sdkPlatform, root);
      unique("node_platform", targets, Target::nodePlatform, root);
      targets.forEach(target -> combinations(target, root));
      List<String> sdists = targets.stream().filter(Target::uploadSdist).map(Target::rustTarget).toList();
      if (sdists.size() > 1) {
        root.add("several targets upload the one source distribution: " + String.join(", ", sdists));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new Targets(targets);
  }

  /** The target that a platform's name means, in any of its three spellings. */
  public Optional<Target> of(String platform) {
    return targets.stream()
        .filter(
            t -> t.sdkPlatform().equals(platform) || t.nodePlatform().equals(platform) || t.rustTarget().equals(platform))
        .findFirst();
  }

  /** What the targets demand of a whole release and its manifest lacks, and what it has for no target. */
  public List<Finding> incomplete(ReleaseManifest manifest) {
    return incomplete(manifest, targets);
  }

  /**
   * The same for a part of the release that one platform built: its own target must be complete, and nothing may be there
   * for no target. For a platform that is no target, nothing is demanded.
   *
   * @param platform any of its spellings
   */
  public List<Finding> incompleteOn(String platform, ReleaseManifest manifest) {
    return incomplete(manifest, of(platform).map(List::of).orElse(List.of()));
  }

  private List<Finding> incomplete(ReleaseManifest manifest, List<Target> whole) {
    List<Finding> out = new ArrayList<>();
    Place place = Place.file(ReleaseManifest.FILE);
    for (Target target : targets) {
      boolean wanted = whole.contains(target);
      demand(target.buildSdk(), wanted, Kind.SDK, target, manifest, place, out);
      demand(target.uploadWheel(), wanted, Kind.WHEEL, target, manifest, place, out);
    }
    long sdists = manifest.artifacts().stream().filter(a -> a.kind() == Kind.SDIST).count();
    if (sdists == 0 && whole.stream().anyMatch(Target::uploadSdist)) {
      out.add(Finding.of("no sdist, though a target uploads one").at(place).remedy("merge the manifests of all platforms"));
    }
    if (sdists > 0 && targets.stream().noneMatch(Target::uploadSdist)) {
      out.add(Finding.of("an sdist, though no target uploads one").at(place).remedy("set upload_sdist on one target, or do not ship it"));
    }
    for (Artifact artifact : manifest.artifacts()) {
      Optional<String> platform = artifact.platform().filter(p -> of(p).isEmpty());
      platform.ifPresent(
          p ->
              out.add(
                  Finding.of(artifact.file() + " is for " + p + ", which is no target")
                      .at(place)
                      .remedy("add the target, or do not ship the artifact")));
    }
    return out;
  }

  private static void demand(
      boolean built, boolean here, Kind kind, Target target, ReleaseManifest manifest, Place place, List<Finding> out) {
    long is =
        manifest.artifacts().stream()
            .filter(a -> a.kind() == kind && a.platform().equals(Optional.of(target.sdkPlatform())))
            .count();
    if (built ? here && is == 0 : is > 0) {
      out.add(
          Finding.of((built ? "no " : "a ") + kind.id() + " for " + target.rustTarget() + (built ? "" : ", which has none"))
              .at(place)
              .remedy("merge the manifests of exactly the platforms in the targets file"));
    } else if (kind == Kind.SDK && is > 1) {
      out.add(
          Finding.of(is + " of kind sdk for " + target.rustTarget())
              .at(place)
              .remedy("ship one SDK for each target"));
    }
  }

  private static Target target(StrictFields one) {
    String rust = identifier(one, "rust_target");
    String runner = identifier(one, "runner");
    String sdk = identifier(one, "sdk_platform");
    String node = identifier(one, "node_platform");
    Map<String, Tier> channels = new HashMap<>();
    one.object("channels")
        .ifPresent(
            fields -> {
              for (String channel : CHANNELS) {
                fields.textOrNull(channel).ifPresent(tier -> tier(fields, channel, tier, channels));
              }
              fields.end();
            });
    Target target =
        new Target(
            rust, runner, sdk, node, one.flag("build_sdk"), one.flag("upload_sdist"), one.flag("upload_wheel"), channels);
    one.end();
    return target;
  }

  private static void tier(StrictFields fields, String channel, String text, Map<String, Tier> channels) {
    Optional<Tier> tier = Arrays.stream(Tier.values()).filter(t -> t.id().equals(text)).findFirst();
    tier.ifPresentOrElse(
        t -> channels.put(channel, t),
        () -> {
          if (!text.isEmpty()) {
            fields.add("'" + fields.path() + channel + "' is " + Shown.text(text) + ", not official, preview or null");
          }
        });
  }

  private static String identifier(StrictFields one, String name) {
    String text = one.text(name);
    if (!text.isEmpty() && !IDENTIFIER.matcher(text).matches()) {
      one.add("'" + one.path() + name + "' is no identifier: " + Shown.text(text));
    }
    return text;
  }

  private static void unique(String field, List<Target> targets, Function<Target, String> value, StrictFields root) {
    Set<String> seen = new HashSet<>();
    for (Target target : targets) {
      if (!seen.add(value.apply(target))) {
        root.add("two targets have the " + field + " '" + value.apply(target) + "'");
      }
    }
  }

  /** Combinations that make no sense: a channel that needs what is not built, names that mean different platforms. */
  private static void combinations(Target target, StrictFields root) {
    String name = "target " + target.rustTarget() + ": ";
    Map<String, Tier> channels = target.channels();
    if (channels.isEmpty() && !target.buildSdk() && !target.uploadWheel() && !target.uploadSdist()) {
      root.add(name + "nothing is built for it, and no channel carries it");
    }
    if (target.buildSdk() != channels.containsKey("github_sdk")) {
      root.add(name + "build_sdk is " + target.buildSdk() + ", but channels.github_sdk "
          + (target.buildSdk() ? "is null" : "is not null"));
    }
    if (channels.containsKey("homebrew") && (!target.buildSdk() || target.rustTarget().contains("windows"))) {
      root.add(name + "Homebrew needs an SDK for macOS or Linux");
    }
    if (channels.containsKey("cargo_binstall") && !target.buildSdk()) {
      root.add(name + "cargo_binstall reads the SDK tarball, but build_sdk is false");
    }
    if (target.uploadWheel() && !channels.containsKey("pypi")) {
      root.add(name + "upload_wheel is true, but channels.pypi is null");
    }
    if (!target.uploadWheel() && channels.containsKey("pypi")) {
      root.add(name + "channels.pypi is " + channels.get("pypi").id() + ", but upload_wheel is false");
    }
    Optional<Platform> rust = Platform.ofRust(target.rustTarget());
    Optional<Platform> sdk = Platform.ofSdk(target.sdkPlatform());
    Optional<Platform> node = Platform.ofNode(target.nodePlatform());
    if (!sdk.equals(rust) || !node.equals(rust)) {
      root.add(name + "sdk_platform " + target.sdkPlatform() + " and node_platform " + target.nodePlatform()
          + " must mean the same platform");
    }
    Optional<String> runner = Platform.systemOfRunner(target.runner());
    if (rust.isPresent() && runner.isPresent() && !runner.get().equals(rust.get().system())) {
      root.add(name + "the runner " + target.runner() + " is of another system");
    }
  }
}
