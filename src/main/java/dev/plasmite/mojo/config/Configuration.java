package dev.plasmite.mojo.config;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.PerfPolicy;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.version.Spelling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Turns what the POM and the command line say into the plan's parts, and tells all mistakes together. */
public final class Configuration {

  private static final List<String> CHANNELS = List.of("crates.io", "npm", "pypi", "github", "homebrew", "cargo-binstall");
  private static final List<String> CLIENTS =
      List.of("cargo", "npm", "pnpm", "node", "python", "uv", "ruby", "git", "gpg", "ssh-keygen", "ergo");
  private static final List<String> FORMATS =
      List.of("plasmite", "hyperfine", "jmh", "criterion", "go", "pytest-benchmark", "samples");

  private final Mistakes mistakes = new Mistakes();

  /** The mode; a word that is none is told at once, since everything hangs on it. */
  public Mode mode(String text) {
    return Mode.parse(text == null ? Mode.SANDBOX.id() : text);
  }

  /** {@code <lockstep>}. */
  public LockstepPlan lockstep(LockstepParameters given) {
    if (given == null) {
      return LockstepPlan.discovered();
    }
    List<LockstepPlan.Member> members = new ArrayList<>();
    for (LockstepParameters.ManifestParameters manifest : given.manifests) {
      mistakes.require("<lockstep><manifests><manifest><path>", manifest.path, "write the manifest's path");
      mistakes.inside("<lockstep><manifests><manifest>", manifest.path);
      if (manifest.pattern != null) {
        mistakes.oneGroup("<lockstep><manifests><manifest><pattern>", manifest.pattern);
      }
      if (manifest.spelling != null) {
        mistakes.oneOf("<lockstep><manifests><manifest><spelling>", manifest.spelling, null, Spelling.configurable());
      }
      members.add(new LockstepPlan.Member(manifest.path, manifest.pattern, manifest.spelling));
    }
    return new LockstepPlan(members, given.excludes, given.packages);
  }

  /** What makes a candidate fit. */
  public CandidatePlan candidate(
      String branch,
      String changelog,
      String workflow,
      String repository,
      List<String> notices,
      List<PinParameters> pins,
      BlockerParameters blockers) {
    if (repository != null && !repository.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
      mistakes.add("<githubRepository>", "'" + repository + "' names no repository", "write owner/name");
    }
    List<String> files = notices == null ? List.of() : notices;
    files.forEach(notice -> mistakes.inside("<notices><notice>", notice));
    List<CandidatePlan.ToolPin> tools = new ArrayList<>();
    for (PinParameters pin : pins == null ? List.<PinParameters>of() : pins) {
      mistakes.require("<pins><pin><path>", pin.path, "write the path of the file that pins the tool");
      mistakes.inside("<pins><pin><path>", pin.path);
      mistakes.require("<pins><pin><pattern>", pin.pattern, "write a regular expression with one group, the version");
      mistakes.require("<pins><pin><value>", pin.value, "write the version that is pinned");
      if (pin.pattern != null) {
        mistakes.oneGroup("<pins><pin><pattern>", pin.pattern);
      }
      tools.add(new CandidatePlan.ToolPin(String.valueOf(pin.path), String.valueOf(pin.pattern), String.valueOf(pin.value)));
    }
    return new CandidatePlan(
        Optional.ofNullable(branch),
        mistakes.inside("<changelog>", changelog),
        mistakes.inside("<workflow>", workflow),
        Optional.ofNullable(repository),
        files,
        tools,
        blockers(blockers == null ? new BlockerParameters() : blockers));
  }

  private CandidatePlan.BlockerPlan blockers(BlockerParameters given) {
    String home = mistakes.oneOf("<blockers><home>", given.home, "file", List.of("file", "ergo", "github"));
    if ("file".equals(home)) {
      mistakes.inside("<blockers><place>", given.place);
    } else if ("ergo".equals(home) && given.place != null) {
      mistakes.add("<blockers><place>", "means nothing to ergo", "leave it away: ergo's backlog is the repository's");
    }
    return new CandidatePlan.BlockerPlan(home, Optional.ofNullable(given.place));
  }

  /** {@code <perfGate>}. */
  public PerfPlan perf(PerfGateParameters given) {
    PerfGateParameters p = given == null ? new PerfGateParameters() : given;
    p.build.forEach(command -> mistakes.command("<perfGate><build><command>", command));
    mistakes.command("<perfGate><run>", p.run);
    double threshold = mistakes.within("<perfGate><threshold>", p.threshold, 10, 1, 200);
    return new PerfPlan(
        p.build,
        Optional.ofNullable(p.run),
        mistakes.oneOf("<perfGate><format>", p.format, "plasmite", FORMATS),
        mistakes.inside("<perfGate><resultFile>", p.resultFile),
        threshold / 100,
        p.advisory,
        mistakes.within("<perfGate><maxPairs>", p.maxPairs, 0, 0, 20),
        Duration.ofSeconds(mistakes.within("<perfGate><runTimeout>", p.runTimeout, 600, 1, 86_400)),
        perfPolicy(p));
  }

  private PerfPolicy perfPolicy(PerfGateParameters p) {
    PerfPolicy byDefault = PerfPolicy.defaults();
    List<PerfPolicy.Waiver> waivers = new ArrayList<>();
    for (PerfGateParameters.WaiverParameters w : p.waivers) {
      mistakes.require("<perfGate><waivers><waiver><name>", w.name, "name the waiver, a ticket say");
      mistakes.require("<perfGate><waivers><waiver><scenario>", w.scenario, "say which scenarios it covers");
      mistakes.require("<perfGate><waivers><waiver><reason>", w.reason, "say why, in a sentence");
      waivers.add(new PerfPolicy.Waiver(w.name, w.scenario, w.reason));
    }
    return new PerfPolicy(
        mistakes.within("<perfGate><minimumEffect>", p.minimumEffect, byDefault.minimumEffect() * 100, 0, 100) / 100,
        mistakes.within("<perfGate><noiseFloor>", p.noiseFloor, byDefault.noiseFloor(), 0, 1000),
        Duration.ofSeconds(mistakes.within("<perfGate><timeBudget>", p.timeBudget, 0, 0, 86_400)),
        p.cpu,
        p.removed,
        waivers,
        Optional.ofNullable(p.anchorTag),
        p.firstRelease,
        seconds("<perfGate><buildTimeout>", p.buildTimeout, byDefault.buildTimeout()),
        mistakes.within("<perfGate><maxLoadPerCore>", p.maxLoadPerCore, byDefault.maxLoadPerCore(), 0.1, 1000),
        seconds("<perfGate><hostWait>", p.hostWait, byDefault.hostWait()));
  }

  private Duration seconds(String parameter, Integer value, Duration byDefault) {
    return Duration.ofSeconds(mistakes.within(parameter, value, (int) byDefault.toSeconds(), 0, 86_400));
  }

  /** {@code <staging>}. */
  public StagingPlan staging(StagingParameters given) {
    StagingParameters s = given == null ? new StagingParameters() : given;
    s.commands.forEach(command -> mistakes.command("<staging><commands><command>", command));
    List<StagingPlan.ArtifactRule> rules = new ArrayList<>();
    for (StagingParameters.ArtifactParameters a : s.artifacts) {
      List<String> kinds = List.of(StagingPlan.Kind.values()).stream().map(StagingPlan.Kind::id).toList();
      String kind = mistakes.oneOf("<staging><artifacts><artifact><kind>", a.kind, null, kinds);
      mistakes.require("<staging><artifacts><artifact><pattern>", a.pattern, "write a glob relative to the repository");
      mistakes.inside("<staging><artifacts><artifact><pattern>", a.pattern);
      mistakes.command("<staging><artifacts><artifact><smoke>", a.smoke);
      if (kinds.contains(kind)) {
        rules.add(
            new StagingPlan.ArtifactRule(
                StagingPlan.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                a.pattern,
                mistakes.within("<staging><artifacts><artifact><count>", a.count, 1, 1, 10_000),
                Optional.ofNullable(a.platform),
                Optional.ofNullable(a.smoke)));
      }
    }
    return new StagingPlan(
        s.commands,
        rules,
        mistakes.inside("<staging><targets>", s.targets),
        Duration.ofSeconds(mistakes.within("<staging><commandTimeout>", s.commandTimeout, 3600, 1, 86_400)));
  }

  /**
   * {@code <provenance>}, and what the command line says of where the artifacts come from.
   *
   * @param directory what relative paths start from
   */
  public ProvenancePlan provenance(ProvenanceParameters given, String releaseTag, Long buildRun, Path directory) {
    ProvenanceParameters p = given == null ? new ProvenanceParameters() : given;
    if (p.workflow != null && !p.workflow.matches("\\.github/workflows/[^/]+\\.ya?ml")) {
      mistakes.add("<provenance><workflow>", "'" + p.workflow + "' is no workflow file", "write .github/workflows/build.yml or the like");
    }
    if (p.event != null) {
      mistakes.oneOf("<provenance><event>", p.event, null, List.of("push", "workflow_dispatch", "release"));
    }
    if (buildRun != null && buildRun <= 0) {
      mistakes.add("<buildRun>", buildRun + " is no run's id", "take the number from the run's address");
    }
    return new ProvenancePlan(
        Optional.ofNullable(releaseTag),
        buildRun == null ? OptionalLong.empty() : OptionalLong.of(buildRun),
        Optional.empty(),
        Optional.ofNullable(p.trustedRoot).map(file -> directory.resolve(file).normalize()),
        Optional.ofNullable(p.workflow),
        Optional.ofNullable(p.event),
        Optional.ofNullable(p.artifact));
  }

  /** {@code <channels>}. */
  public List<ChannelPlan> channels(List<ChannelParameters> given) {
    List<ChannelPlan> plans = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ChannelParameters c : given == null ? List.<ChannelParameters>of() : given) {
      String name = mistakes.oneOf("<channels><channel><name>", c.name, null, CHANNELS);
      if (name != null && !seen.add(name)) {
        mistakes.add("<channels><channel><name>", "'" + name + "' stands there twice", "keep one");
      }
      String tier = mistakes.oneOf("<channels><channel><tier>", c.tier, "official", List.of("official", "preview"));
      if (!c.packages.isEmpty() && CHANNELS.contains(String.valueOf(name)) && !"crates.io".equals(name)) {
        mistakes.add("<channels><channel><packages>", "means nothing to channel " + name, "leave it away: only crates.io publishes in an order");
      }
      mistakes.command("<channels><channel><smoke>", c.smoke);
      Map<String, String> settings = settings(c, String.valueOf(name));
      if ("homebrew".equals(name)) {
        mistakes.require("<channels><channel><tap>", c.tap, "write the tap's path or git URL");
        mistakes.require("<channels><channel><formula>", c.formula, "write the formula's path in the tap");
        mistakes.inside("<channels><channel><formula>", c.formula);
        settings.put("tap", String.valueOf(c.tap));
        settings.put("formula", String.valueOf(c.formula));
      }
      ChannelPlaces.read(c, settings, mistakes);
      if ("official".equals(tier) && !"cargo-binstall".equals(name) && (c.smoke == null || c.smoke.isBlank())) {
        mistakes.add(
            "<channels><channel><smoke>",
            "channel " + name + " claims the tier official and has no smoke test",
            "write <smoke>PROGRAM --version</smoke>, or <tier>preview</tier> where nothing can be run");
      }
      if (c.wait != null) {
        settings.put("wait", String.valueOf(mistakes.within("<channels><channel><wait>", c.wait, 600, 0, 86_400)));
      }
      plans.add(new ChannelPlan(String.valueOf(name), tier, c.packages, Optional.ofNullable(c.smoke), settings));
    }
    return plans;
  }

  /** What only some channels know; each is refused where it would mean nothing. */
  private Map<String, String> settings(ChannelParameters c, String channel) {
    Map<String, String> settings = new TreeMap<>();
    setting(settings, "unproven", c.unproven, "", channel, List.of("allow", "refuse"));
    setting(settings, "tapPolicy", c.tapPolicy, "homebrew", channel, List.of("push", "verify"));
    setting(settings, "client", c.client, "pypi", channel, List.of("twine", "uv"));
    setting(settings, "owner", c.owner, "crates.io", channel, List.of());
    setting(settings, "tag", c.tag, "npm", channel, List.of());
    return settings;
  }

  private void setting(
      Map<String, String> settings, String name, String value, String only, String channel, List<String> allowed) {
    String parameter = "<channels><channel><" + name + ">";
    if (value == null) {
      return;
    }
    if (!only.isEmpty() && !only.equals(channel) && CHANNELS.contains(channel)) {
      mistakes.add(parameter, "means nothing to channel " + channel, "leave it away: only " + only + " knows it");
    }
    if (allowed.isEmpty()) {
      mistakes.require(parameter, value, "write a word, or leave it away");
    } else {
      mistakes.oneOf(parameter, value, null, allowed);
    }
    settings.put(name, value.strip());
  }

  /**
   * {@code <clients>}.
   *
   * @param directory what relative paths start from: clients run in other directories
   */
  public Map<String, String> clients(Map<String, String> given, Path directory) {
    Map<String, String> clients = new TreeMap<>();
    for (Map.Entry<String, String> client : (given == null ? Map.<String, String>of() : given).entrySet()) {
      mistakes.oneOf("<clients><" + client.getKey() + ">", client.getKey(), null, CLIENTS);
      mistakes.require("<clients><" + client.getKey() + ">", client.getValue(), "write the executable's path or name");
      String executable = String.valueOf(client.getValue());
      boolean path = executable.contains("/") || executable.contains("\\");
      clients.put(client.getKey(), path ? directory.resolve(executable).normalize().toString() : executable);
    }
    return clients;
  }

  /**
   * Ends the reading.
   *
   * @throws Refusal with all mistakes, when there are any
   */
  public void throwIfWrong() {
    mistakes.throwIfAny();
  }
}
