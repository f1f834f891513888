package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MissingTest {

  @TempDir Path temp;

  @Test
  void filesThatTheConfigurationNamesAndTheRepositoryDoesNotHaveAreSaid() throws IOException {
    assertThat(missing(StageName.VERIFY_CANDIDATE, Mode.SANDBOX))
        .containsExactly(
            "the file that <changelog> names: CHANGELOG.md",
            "the file that <workflow> names: .github/workflows/ci.yml",
            "the file that <notices> names: NOTICE");
    Files.writeString(temp.resolve("CHANGELOG.md"), "");
    Files.writeString(temp.resolve("NOTICE"), "");
    Files.createDirectories(temp.resolve(".github/workflows"));
    Files.writeString(temp.resolve(".github/workflows/ci.yml"), "");
    assertThat(missing(StageName.VERIFY_CANDIDATE, Mode.SANDBOX)).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "executable bits")
  void programsThatAreNotOnThePathAreSaidButNotThoseThatAnEarlierCommandBuilds() throws IOException {
    assertThat(missing(StageName.PERF_GATE, Mode.LIVE)).containsExactly("builder on the PATH, which <perfGate><build> starts");
    assertThat(missing(StageName.STAGE_ARTIFACTS, Mode.SANDBOX))
        .containsExactly("packer on the PATH, which <staging><commands> starts", "the file that <staging><targets> names: release/targets.json");
    for (String name : new String[] {"builder", "packer"}) {
      Path program = Files.writeString(Files.createDirectories(temp.resolve("path")).resolve(name), "");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    assertThat(missing(StageName.PERF_GATE, Mode.LIVE)).isEmpty();
    assertThat(missing(StageName.STAGE_ARTIFACTS, Mode.SANDBOX)).containsExactly("the file that <staging><targets> names: release/targets.json");
  }

  @Test
  void aTapThatCannotBeCopiedOrPushedToIsSaidForTheModeThatNeedsIt() {
    assertThat(missing(StageName.PUBLISH, Mode.SANDBOX)).filteredOn(m -> m.contains("<tap>")).singleElement().asString().contains("asks nothing outside", "../homebrew-tap");
    assertThat(missing(StageName.PUBLISH, Mode.REHEARSAL)).noneMatch(m -> m.contains("<tap>"));
  }

  @Test
  void aPythonWithoutTwineWhereThereIsNoUvIsSaid() throws IOException {
    Path python = Clients.pythonWithTwine();
    Path without = Files.writeString(temp.resolve("python"), "#!/bin/sh\nexit 1\n");
    assertThat(without.toFile().setExecutable(true)).isTrue();
    assertThat(uploader(Map.of(), without)).singleElement().asString()
        .startsWith("twine in " + without).endsWith(" -m pip install twine; or uv on the PATH, or named in <clients><uv>");
    assertThat(uploader(Map.of("client", "twine"), without)).singleElement().asString().startsWith("twine in ").endsWith("install twine");
    assertThat(uploader(Map.of("client", "uv"), python)).containsExactly("uv on the PATH, or named in <clients><uv>");
    assertThat(uploader(Map.of(), python)).isEmpty();
    Path uv = Files.writeString(Files.createDirectories(temp.resolve("path")).resolve("uv"), "");
    assertThat(uv.toFile().setExecutable(true)).isTrue();
    assertThat(uploader(Map.of(), without)).as("uv uploads").isEmpty();
    assertThat(uploader(Map.of(), temp.resolve("nowhere"))).singleElement().asString().startsWith(temp.resolve("nowhere") + " on the PATH");
  }

  private List<String> uploader(Map<String, String> settings, Path python) {
    return missing(StageName.PUBLISH, Mode.LIVE, new ChannelPlan("pypi", "preview", List.of(), Optional.empty(), settings), Map.of("python", python.toString()));
  }

  private List<String> missing(StageName stage, Mode mode) {
    return missing(
        stage, mode,
        new ChannelPlan("homebrew", "preview", List.of(), Optional.empty(), Map.of("tap", "https://git.example/tap", "formula", "lamp.rb")), Map.of());
  }

  private List<String> missing(StageName stage, Mode mode, ChannelPlan channel, Map<String, String> clients) {
    ReleasePlan plan =
        new ReleasePlan(
            temp,
            SemVer.parse("1.2.0"),
            mode,
            Optional.empty(),
            LockstepPlan.discovered(),
            new CandidatePlan(
                Optional.of("main"), Optional.of("CHANGELOG.md"), Optional.of(".github/workflows/ci.yml"), Optional.of("you/lamp"),
                List.of("NOTICE"), List.of(), CandidatePlan.BlockerPlan.byDefault()),
            new PerfPlan(List.of("builder all"), Optional.of("target/bench --json"), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
            new StagingPlan(
                List.of("packer", "./made-by-packer"),
                List.of(new StagingPlan.ArtifactRule(StagingPlan.Kind.OTHER, "lamp", 1, Optional.empty(), Optional.empty())),
                Optional.of("release/targets.json"), Duration.ofMinutes(1)),
            List.of(channel),
            clients,
            new ReleasePlan.Directories(temp.resolve("a"), temp.resolve("e"), temp.resolve("s")),
            ProvenancePlan.none());
    return new Missing(plan, Map.of("PATH", temp.resolve("path").toString())).of(stage);
  }
}
