package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Executables;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tap on this machine, and the four files that a formula gives the four platforms. */
class HomebrewChannelTest {

  private static final List<String> PLATFORMS = List.of("darwin_arm64", "darwin_amd64", "linux_arm64", "linux_amd64");

  @TempDir Path directory;
  private final List<Artifact> artifacts = new ArrayList<>();
  private Path tap;

  @BeforeEach
  void fourFiles() throws IOException {
    fourFiles("0.3.0");
  }

  private void fourFiles(String version) throws IOException {
    artifacts.clear();
    for (String platform : PLATFORMS) {
      Path file = directory.resolve("lamp_" + version + "_" + platform + ".tar.gz");
      try (OutputStream out = Files.newOutputStream(file);
          TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
        add(tar, "lamp/bin/lamp", platform);
        add(tar, "lamp/lib/liblamp." + (platform.startsWith("darwin") ? "dylib" : "so"), platform);
      }
      artifacts.add(new Artifact(Kind.SDK, file, Optional.of(platform), Digests.of(file)));
    }
  }

  @Test
  void aFormulaThatAlignsAndCannotBeInstalledOnLinuxIsFound() throws Exception {
    demandRuby();
    tap = tap(formula("    lib.install \"lib/liblamp.dylib\"\n"));
    assertThat(channel(Map.of()).preflight().findings())
        .extracting(Finding::toString)
        .satisfiesExactly(
            arm -> assertThat(arm).contains("linux/arm", "lib/liblamp.dylib", "lamp_0.3.0_linux_arm64.tar.gz does not hold"),
            intel -> assertThat(intel).contains("linux/intel", "lib/liblamp.dylib", "lamp_0.3.0_linux_amd64.tar.gz does not hold"));
    tap = tap(formula("    lib.install(OS.mac? ? \"lib/liblamp.dylib\" : \"lib/liblamp.so\")\n"));
    assertThat(channel(Map.of()).preflight().findings()).isEmpty();
  }

  @Test
  void aPlatformThatGetsTheFileOfAnotherIsFound() throws Exception {
    demandRuby();
    String text = formula("");
    tap = tap(text.replace("linux_arm64", "linux_amd64"));
    assertThat(channel(Map.of()).preflight().findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("linux/arm", "which is for linux/intel"));
    tap = tap(text.replace("linux_arm64", "linux_amd64").replace("  on_linux do\n", "  on_linux do\n    depends_on arch: :x86_64\n"));
    assertThat(channel(Map.of()).preflight().findings()).isEmpty();
  }

  @Test
  void withoutRubyTheFormulaIsUnproven() throws Exception {
    tap = tap(formula(""));
    String nowhere = directory.resolve("no-ruby").toString();
    assertThat(channel(Map.of("unproven", "refuse"), Map.of("ruby", nowhere)).preflight().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.blocks()).isTrue())
        .satisfies(f -> assertThat(f.what()).isEqualTo("unproven: the formula is not evaluated: no ruby"));
    assertThat(channel(Map.of(), Map.of("ruby", nowhere)).preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isFalse());
  }

  @Test
  void theTapIsPushedWithTheDigestsOfThisRelease() throws Exception {
    tap = tap(formula(""));
    HomebrewChannel channel = channel(Map.of());
    Act push = channel.acts(Leg.TAP).get(0);
    assertThat(push.holding().state()).isEqualTo(Holding.State.ABSENT);
    assertThat(push.send()).isEmpty();
    assertThat(push.holding()).isEqualTo(Holding.same(push.sha256()));
  }

  @Test
  void theTapIsClonedOnceARunAndWhatIsThereNowIsAskedAllTheSame() throws Exception {
    tap = tap(formula(""));
    HomebrewChannel channel = channel(Map.of());
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks);
    Act push = channel.acts(Leg.TAP).get(0);
    assertThat(push.holding().state()).isEqualTo(Holding.State.ABSENT);
    String newer = formula("").replace("0.2.0", "0.4.0");
    Path work = directory.resolve("theirs");
    try (Git git = Git.cloneRepository().setURI(tap.toUri().toString()).setDirectory(work.toFile()).call()) {
      Files.writeString(work.resolve("Formula/lamp.rb"), newer);
      PersonIdent who = new PersonIdent("M", "m@example.org");
      git.commit().setAll(true).setMessage("lamp 0.4.0").setAuthor(who).setCommitter(who).setSign(false).call();
      git.push().call();
    }
    assertThat(push.send()).as("pushed upon what was looked at, which is no more the tip").contains("REJECTED_NONFASTFORWARD");
    assertThat(push.holding()).isEqualTo(Holding.other("a formula of 0.4.0"));
    try (Stream<Path> homes = Files.list(directory.resolve("scratch"))) {
      assertThat(homes.filter(home -> home.getFileName().toString().startsWith("tap-"))).hasSize(1);
    }
  }

  @Test
  void aTapThatTheMaintainerPushesIsOnlyHeldAgainstTheRelease() throws Exception {
    tap = tap(formula(""));
    HomebrewChannel channel = channel(Map.of("tapPolicy", "verify"));
    assertThat(channel.preflight().findings()).anySatisfy(f -> assertThat(f.toString()).contains("Formula/lamp.rb:2", "version '0.2.0'")).anyMatch(Finding::blocks);
    assertThat(channel.acts(Leg.TAP)).singleElement().satisfies(act -> assertThat(act.holding().state()).isEqualTo(Holding.State.OTHER));
    channel(Map.of()).acts(Leg.TAP).get(0).send();
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks);
    assertThat(channel.acts(Leg.TAP)).singleElement().satisfies(act -> assertThat(act.holding().state()).isEqualTo(Holding.State.SAME));
  }

  @Test
  void aTapOfANewerVersionIsNotTakenBack() throws Exception {
    tap = tap(formula("").replace("0.2.0", "0.4.0"));
    assertThat(channel(Map.of()).preflight().findings()).filteredOn(Finding::blocks).singleElement().satisfies(f -> assertThat(f.what()).contains("0.4.0, which is newer"));
  }

  @Test
  void aFormulaOfAFinalVersionIsNotMovedToAPrerelease() throws Exception {
    fourFiles("0.3.0-rc.2");
    tap = tap(formula(""));
    assertThat(channel("0.3.0-rc.2", Map.of(), Map.of()).preflight().findings())
        .filteredOn(Finding::blocks)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("Formula/lamp.rb", "0.3.0-rc.2 is a prerelease, and the tap's formula is of 0.2.0", "without the channel homebrew"));
    tap = tap(formula("").replace("0.2.0", "0.3.0-rc.1"));
    assertThat(channel("0.3.0-rc.2", Map.of(), Map.of()).preflight().findings()).as("a formula for prereleases").noneMatch(Finding::blocks);
    tap = tap(formula("").replace("0.2.0", "0.3.0-rc.2"));
    fourFiles("0.3.0");
    assertThat(channel(Map.of()).preflight().findings()).as("it may become final").noneMatch(Finding::blocks);
  }

  @Test
  void aTapThatTakesNoPushIsFoundBeforeAnythingIsSent() throws Exception {
    tap = tap(formula(""));
    Files.move(tap.resolve("HEAD"), tap.resolve("HEAD-gone"));
    assertThat(channel(Map.of()).preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isTrue());
  }

  /** A machine without ruby may leave these out; one that checks the project may not. */
  private void demandRuby() {
    boolean ruby = Executables.find("ruby", directory, System.getenv("PATH")).isPresent();
    assumeTrue(ruby || System.getenv("CI") != null, "there is no ruby here");
    assertThat(ruby).as("CI must have ruby: these tests are not to be left out there").isTrue();
  }

  private HomebrewChannel channel(Map<String, String> settings) {
    return channel(settings, Map.of());
  }

  private HomebrewChannel channel(Map<String, String> settings, Map<String, String> clients) {
    return channel("0.3.0", settings, clients);
  }

  private HomebrewChannel channel(String version, Map<String, String> settings, Map<String, String> clients) {
    Map<String, String> all = new java.util.TreeMap<>(settings);
    all.put("tap", tap.toString());
    all.put("formula", "Formula/lamp.rb");
    ChannelPlan plan = new ChannelPlan("homebrew", "official", List.of(), Optional.of("bin/lamp"), all);
    return new HomebrewChannel(Benches.of(directory, directory, plan, version, artifacts, clients), plan, tap.toUri(), uri -> uri, false);
  }

  private static String formula(String more) {
    StringBuilder text = new StringBuilder("class Lamp < Formula\n  version \"0.2.0\"\n");
    for (String system : List.of("macos", "linux")) {
      String os = system.equals("macos") ? "darwin" : "linux";
      text.append("  on_" + system + " do\n    if Hardware::CPU.arm?\n" + source(os + "_arm64") + "    else\n" + source(os + "_amd64") + "    end\n  end\n");
    }
    return text + "  def install\n    bin.install \"bin/lamp\"\n" + more + "  end\nend\n";
  }

  private static String source(String platform) {
    return "      url \"https://example.org/v0.2.0/lamp_0.2.0_" + platform + ".tar.gz\"\n      sha256 \"old\"\n";
  }

  private Path tap(String formula) throws Exception {
    Path work = Files.createTempDirectory(directory, "tap-work");
    Path bare = Files.createTempDirectory(directory, "tap-bare");
    try (Git origin = Git.init().setBare(true).setDirectory(bare.toFile()).setInitialBranch("main").call();
        Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      Files.createDirectories(work.resolve("Formula"));
      Files.writeString(work.resolve("Formula/lamp.rb"), formula);
      git.add().addFilepattern(".").call();
      PersonIdent who = new PersonIdent("M", "m@example.org");
      git.commit().setMessage("lamp").setAuthor(who).setCommitter(who).setSign(false).call();
      git.push().setRemote(origin.getRepository().getDirectory().toString()).add("main").call();
    }
    return bare;
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(text.length());
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    tar.closeArchiveEntry();
  }
}
