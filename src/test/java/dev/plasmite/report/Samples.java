package dev.plasmite.report;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.ChannelReport.Trial;
import dev.plasmite.gate.ChannelReport.Trial.Result;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs of the train as they happen. */
final class Samples {

  static final String COMMIT = "9f2c4b7a1d3e5f60718293a4b5c6d7e8f9012345";
  private static final Instant START = Instant.parse("2026-11-22T17:16:02Z");

  private Samples() {}

  /** All went well, in the sandbox. */
  static Evidence released() {
    return evidence(Mode.SANDBOX, gates(7), channels(State.DELIVERED));
  }

  /** The same for real, with no stand-in. */
  static Evidence releasedLive() {
    return evidence(Mode.LIVE, gates(7), channels(State.DELIVERED));
  }

  /** One version site was left behind. */
  static Evidence failed() {
    List<StageEvidence> stages = new ArrayList<>(gates(1));
    stages.add(
        new StageEvidence(
            StageName.VERIFY_ALIGNMENT,
            Verdict.FAILED,
            Duration.ofMillis(412),
            List.of(
                Finding.of("lantern-native is 0.2.0 in the lock file, the release is 0.3.0")
                    .at(new Place("Cargo.lock", 14, 12))
                    .remedy("mvn plasmite:bump -DnewVersion=0.3.0"),
                Finding.of("lantern-native is 0.2.0, the release is 0.3.0")
                    .at(new Place("native/Cargo.toml", 3, 12))
                    .remedy("mvn plasmite:bump -DnewVersion=0.3.0"),
                Finding.warning("examples/hello/package.json is excluded by examples/** and says 0.1.0")
                    .at(Place.file("examples/hello/package.json"))),
            Map.of("sites", "11")));
    return evidence(Mode.SANDBOX, stages, List.of());
  }

  /** The benchmark could not tell. */
  static Evidence inconclusive() {
    List<StageEvidence> stages = new ArrayList<>(gates(2));
    stages.add(
        new StageEvidence(
            StageName.PERF_GATE,
            Verdict.INCONCLUSIVE,
            Duration.ofSeconds(312),
            List.of(
                Finding.unknown("append/4096: +6.1 % (-2.0 % to +14.8 %) after 12 pairs, the threshold is 10 %: too noisy")
                    .remedy("close what else runs on this machine"),
                Finding.warning("the load was 3.4 on 2 cores when the gate began")),
            Map.of("baseTag", "v0.2.0", "pairs", "12")));
    return evidence(Mode.SANDBOX, stages, List.of());
  }

  /** PyPI went away in the middle, npm holds other bytes. */
  static Evidence partlyPublished() {
    List<StageEvidence> stages = new ArrayList<>(gates(5));
    stages.add(
        new StageEvidence(
            StageName.PUBLISH,
            Verdict.FAILED,
            Duration.ofMillis(48_600),
            List.of(
                Finding.of("npm holds other bytes under lantern 0.3.0 than were built")
                    .at(Place.file("lantern-0.3.0.tgz"))
                    .remedy("find out who published it; bytes cannot be replaced there, so release 0.3.1"),
                Finding.unknown("PyPI did not answer after the upload of lantern-0.3.0.tar.gz: 503 five times")
                    .remedy("run publish again when PyPI is back; what is there is not sent twice")),
            Map.of()));
    List<ChannelReport> channels = new ArrayList<>(channels(State.PLANNED));
    channels.set(0, published(channels.get(0), State.PUBLISHED));
    Shipped npm = channels.get(1).artifacts().get(0);
    channels.set(
        1,
        new ChannelReport(
            "npm", "official", State.FAILED, List.of(new Shipped(npm.file(), npm.sha256(), sha("other"), null))));
    List<Shipped> pypi = channels.get(2).artifacts();
    channels.set(
        2,
        new ChannelReport(
            "PyPI",
            "official",
            State.UNKNOWN,
            List.of(new Shipped(pypi.get(0).file(), pypi.get(0).sha256(), pypi.get(0).sha256(), null), pypi.get(1))));
    channels.set(3, published(channels.get(3), State.SENT));
    return evidence(Mode.LIVE, stages, channels);
  }

  /** Everything is there, and one channel hands out something else. */
  static Evidence notDelivered() {
    List<StageEvidence> stages = new ArrayList<>(gates(6));
    stages.add(
        new StageEvidence(
            StageName.VERIFY_DELIVERY,
            Verdict.FAILED,
            Duration.ofMillis(33_120),
            List.of(Finding.of("pip was given other bytes than were built").at(Place.file("lantern-0.3.0-py3-none-any.whl"))),
            Map.of()));
    List<ChannelReport> channels = new ArrayList<>(channels(State.DELIVERED));
    List<Shipped> pypi = new ArrayList<>(channels.get(2).artifacts());
    pypi.set(0, new Shipped(pypi.get(0).file(), pypi.get(0).sha256(), pypi.get(0).sha256(), sha("mirror")));
    channels.set(2, new ChannelReport("PyPI", "official", State.PUBLISHED, pypi));
    return evidence(Mode.LIVE, stages, channels);
  }

  /** What someone who means harm could get into a name or a message. */
  static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> `{{{commit}}}` ${x} | a\\|b \u001b[31mred\u0007 "
          + "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd \ud800 ::error::x %0A\r\nsecond line\n](javascript:alert(3)) "
          + "**b** https://evil.example www.evil.example @someone #1 </style></title><!-- ]]> &amp; \u0000 \ud83d\ude80";

  /** Hostile text in every place that text can be. */
  static Evidence hostile() {
    String h = HOSTILE;
    List<StageEvidence> stages = new ArrayList<>();
    stages.add(
        new StageEvidence(
            StageName.VERIFY_CANDIDATE,
            Verdict.FAILED,
            Duration.ofMillis(1),
            List.of(
                Finding.of(h).at(new Place(h, 1, 2)).remedy(h),
                Finding.unknown(h + "x".repeat(20_000)),
                Finding.warning(h),
                Finding.simulated(h)),
            Map.of(h, h)));
    List<ChannelReport> channels =
        List.of(
            new ChannelReport(h, h, State.FAILED, List.of(new Shipped(h, h, h, h), new Shipped(h, sha("a"), h, null))));
    return new Evidence(
        h, h, h, Mode.LIVE, START, START, stages, channels, new Evidence.Host(h, h, h), h, h, MavenLine.withPhases(h));
  }

  static Evidence evidence(Mode mode, List<StageEvidence> given, List<ChannelReport> channels) {
    List<StageEvidence> stages = mode == Mode.SANDBOX ? given : given.stream().map(Samples::withoutStandIns).toList();
    Duration took = stages.stream().map(StageEvidence::took).reduce(Duration.ofMillis(1200), Duration::plus);
    return new Evidence(
        "0.3.0",
        "v0.3.0",
        COMMIT,
        mode,
        START,
        START.plus(took),
        stages,
        channels,
        new Evidence.Host("Linux 6.1.0 amd64", "17.0.15", "3.9.16"),
        "ledger.jsonl",
        "0.1.0",
        MavenLine.withPhases("mvn -Prelease"));
  }

  private static StageEvidence withoutStandIns(StageEvidence s) {
    List<Finding> findings =
        s.findings().stream().filter(f -> f.severity() != Finding.Severity.SIMULATED).toList();
    return new StageEvidence(s.name(), s.verdict(), s.took(), findings, s.proof());
  }

  static String sha(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ChannelReport published(ChannelReport channel, State state) {
    return new ChannelReport(
        channel.name(),
        channel.tier(),
        state,
        channel.artifacts().stream()
            .map(f -> new Shipped(f.file(), f.sha256(), state == State.SENT ? null : f.sha256(), null))
            .toList());
  }

  private static List<StageEvidence> gates(int n) {
    List<StageEvidence> all =
        List.of(
            gate(
                StageName.VERIFY_CANDIDATE,
                843,
                List.of(
                    Finding.simulated("CI was answered by the sandbox: run 7 of .github/workflows/ci.yml is green for this commit")),
                Map.of("branch", "main", "commit", COMMIT)),
            gate(StageName.VERIFY_ALIGNMENT, 120, List.of(), Map.of("sites", "11", "version", "0.3.0")),
            gate(
                StageName.PERF_GATE,
                41_300,
                List.of(Finding.warning("append/65536 is new: there is nothing to compare it with")),
                Map.of("baseTag", "v0.2.0", "pairs", "4", "worst", "append/4096 +1.2 %")),
            gate(StageName.STAGE_ARTIFACTS, 28_040, List.of(), Map.of("artifacts", "6", "manifest", sha("manifest"))),
            gate(
                StageName.PROVENANCE,
                611,
                List.of(Finding.simulated("signed by the sandbox's key, not by the build run's identity")),
                Map.of("attestation", sha("attestation"))),
            gate(StageName.PUBLISH, 37_900, List.of(), Map.of("order", "crates.io npm PyPI github homebrew")),
            gate(StageName.VERIFY_DELIVERY, 64_700, List.of(), Map.of("said", "lantern 0.3.0")));
    return all.subList(0, n);
  }

  private static StageEvidence gate(StageName name, long millis, List<Finding> findings, Map<String, String> proof) {
    return new StageEvidence(name, Verdict.PASSED, Duration.ofMillis(millis), findings, proof);
  }

  private static List<ChannelReport> channels(State state) {
    return List.of(
        channel("crates.io", "official", state, "lantern-0.3.0.crate", "lantern-native-0.3.0.crate"),
        channel("npm", "official", state, "lantern-0.3.0.tgz"),
        channel("PyPI", "official", state, "lantern-0.3.0-py3-none-any.whl", "lantern-0.3.0.tar.gz"),
        channel("github", "official", state, "lantern_0.3.0_x86_64-unknown-linux-gnu.tar.gz"),
        channel("homebrew", "preview", state, "lantern_0.3.0_x86_64-unknown-linux-gnu.tar.gz"));
  }

  private static List<Trial> trials(String name, String file) {
    return name.equals("npm")
        ? List.of(new Trial("npm", Result.RAN, "says lantern 0.3.0"), new Trial("pnpm", Result.NOT_RUN, "there is no pnpm on this machine"))
        : name.equals("homebrew") ? List.of(new Trial(file, Result.NOT_RUN, "it is for another platform than macos/arm")) : List.of();
  }

  private static ChannelReport channel(String name, String tier, State state, String... files) {
    boolean there = state == State.DELIVERED;
    List<Shipped> shipped = new ArrayList<>();
    for (String file : files) {
      shipped.add(new Shipped(file, sha(file), there ? sha(file) : null, there ? sha(file) : null));
    }
    return new ChannelReport(name, tier, state, shipped, there ? trials(name, files[0]) : List.of());
  }
}
