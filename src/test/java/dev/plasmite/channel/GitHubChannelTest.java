package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.Release;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the stand-in for GitHub. */
class GitHubChannelTest {

  private static final String REPO = "lantern-demo/lantern";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path directory;
  private GitHubStandIn github;
  private Artifact sdk;

  @BeforeEach
  void open() throws IOException {
    github = GitHubStandIn.open(directory.resolve("github"), Accounts.of("good").plus("other", "stranger"));
    github.addRepository(REPO);
    Path staged = Files.createDirectories(directory.resolve("staged"));
    Path file = Files.writeString(staged.resolve("lantern_0.3.0_linux_amd64.tar.gz"), "a tarball");
    sdk = new Artifact(Kind.SDK, file, Optional.empty(), Digests.of(file));
    Files.writeString(staged.resolve(Checksums.FILE), sdk.sha256() + "  " + sdk.file() + "\n");
    Files.writeString(staged.resolve(StagedSet.ATTESTATION), "{}");
  }

  @AfterEach
  void close() {
    github.close();
  }

  @Test
  void theDraftHasAllAssetsAndThePapersAndSaysHowToInstall() {
    github.addTag(REPO, "v0.3.0", COMMIT);
    GitHubChannel channel = channel("good");
    assertThat(channel.preflight().findings()).isEmpty();
    assertThat(channel.acts(Leg.DRAFT)).extracting(Act::file).containsExactly("", sdk.file(), "SHA256SUMS", "attestation.dsse.json");
    for (Act act : channel.acts(Leg.DRAFT)) {
      assertThat(act.holding().state()).isEqualTo(Holding.State.ABSENT);
      assertThat(act.send()).isEmpty();
      assertThat(act.holding()).isEqualTo(Holding.same(act.sha256()));
    }
    Release draft = client("good").releases(REPO).get(0);
    assertThat(draft.draft()).isTrue();
    assertThat(draft.name()).isEqualTo("lantern 0.3.0");
    assertThat(draft.body())
        .isEqualTo(
            "### Added\n\n- Light\n\n## Install\n\n- crates.io: `cargo install lantern@0.3.0`\n- Homebrew: `brew install demo/tools/lantern`\n\n"
                + "The checksums of all files are in `SHA256SUMS`: `sha256sum --check --ignore-missing SHA256SUMS`.\n");
    Act publish = channel.acts(Leg.RELEASE).get(0);
    assertThat(publish.holding().state()).isEqualTo(Holding.State.ABSENT);
    assertThat(publish.send()).isEmpty();
    assertThat(publish.holding().state()).isEqualTo(Holding.State.SAME);
    assertThat(channel.preflight().findings()).isEmpty(); // a second run finds it there
  }

  @Test
  void aSmokeTestThatHasNothingToRunInIsFoundBeforeAnythingIsSent() throws IOException {
    github.addTag(REPO, "v0.3.0", COMMIT);
    Optional<String> smoke = Optional.of("bin/lantern --version");
    Path file = Files.writeString(directory.resolve("staged/lantern-0.3.0-py3-none-any.whl"), "a wheel");
    Artifact wheel = new Artifact(Kind.WHEEL, file, Optional.empty(), Digests.of(file));
    assertThat(channel("good", "official", smoke, wheel).preflight().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("no archive in which its smoke test could run", "<tier>preview</tier>"));
    assertThat(channel("good", "preview", smoke, wheel).preflight().findings()).isEmpty();
    assertThat(channel("good", "official", smoke, sdk).preflight().findings()).isEmpty();
  }

  @Test
  void aPublicReleaseWithOtherAssetsIsNeverTouched() throws IOException {
    github.addTag(REPO, "v0.3.0", COMMIT);
    Release draft = client("good").createDraft(REPO, new Release.Wanted("v0.3.0", COMMIT, "t", "", true, false), Effect.REVERSIBLE);
    Path other = Files.writeString(directory.resolve(sdk.file()), "other bytes");
    client("good").uploadAsset(draft, sdk.file(), other, Effect.REVERSIBLE);
    client("good").uploadAsset(draft, "stranger.zip", other, Effect.REVERSIBLE);
    client("good").updateRelease(REPO, draft.id(), new Release.Wanted("v0.3.0", COMMIT, "t", "", false, false), Effect.IRREVERSIBLE);
    GitHubChannel channel = channel("good");
    assertThat(channel.preflight().findings()).extracting(Finding::toString).satisfiesExactly(
        stranger -> assertThat(stranger).contains("public release v0.3.0", "stranger.zip", "raise the version"),
        lacking -> assertThat(lacking).contains("is public already, and lacks SHA256SUMS, attestation.dsse.json", "raise the version"));
    assertThat(channel.acts(Leg.DRAFT).get(1).holding().state()).isEqualTo(Holding.State.OTHER);
    assertThat(channel.acts(Leg.DRAFT).get(2).holding().state()).isEqualTo(Holding.State.UNKNOWN);
    assertThat(channel.acts(Leg.RELEASE).get(0).holding().state()).isEqualTo(Holding.State.OTHER);
  }

  @Test
  void aDraftThatSomebodyHasChangedMeanwhileIsNotMadePublic() throws IOException {
    github.addTag(REPO, "v0.3.0", COMMIT);
    GitHubChannel channel = channel("good");
    channel.acts(Leg.DRAFT).forEach(Act::send);
    Release draft = client("good").releases(REPO).get(0);
    Path other = Files.writeString(directory.resolve("stranger.zip"), "other bytes");
    client("good").uploadAsset(draft, "stranger.zip", other, Effect.REVERSIBLE);
    Act publish = channel.acts(Leg.RELEASE).get(0);
    assertThat(publish.send()).contains("stranger.zip, which is not of this release");
    assertThat(publish.holding().state()).isEqualTo(Holding.State.ABSENT);
    Release changed = client("good").releases(REPO).get(0);
    changed.assets().stream().filter(a -> !a.name().equals(sdk.file())).forEach(a -> client("good").deleteAsset(REPO, a.id(), Effect.REVERSIBLE));
    assertThat(publish.send()).contains("does not hold every file as it was staged");
    assertThat(client("good").releases(REPO)).singleElement().satisfies(r -> assertThat(r.draft()).isTrue());
  }

  @Test
  void whatAnUploadThatBrokeOffHasLeftInADraftIsRemovedAndSentAgain() throws Exception {
    github.addTag(REPO, "v0.3.0", COMMIT);
    GitHubChannel channel = channel("good");
    Act draft = channel.acts(Leg.DRAFT).get(0);
    Act asset = channel.acts(Leg.DRAFT).get(1);
    draft.send();
    breakOff(client("good").releases(REPO).get(0), sdk.file());
    assertThat(client("good").releases(REPO).get(0).assets()).singleElement().satisfies(a -> assertThat(a.state()).isEqualTo("starter"));
    assertThat(asset.holding().state()).isEqualTo(Holding.State.ABSENT);
    assertThat(channel.preflight().findings()).isEmpty();
    assertThat(channel.acts(Leg.RELEASE).get(0).send()).as("it counts as no file").contains("does not hold every file");

    assertThat(asset.send()).isEmpty();
    assertThat(asset.holding()).isEqualTo(Holding.same(asset.sha256()));
    assertThat(client("good").releases(REPO).get(0).assets()).singleElement().satisfies(a -> assertThat(a.state()).isEqualTo("uploaded"));

    breakOff(client("good").releases(REPO).get(0), "stranger.zip");
    assertThat(channel.preflight().findings()).singleElement().satisfies(f -> assertThat(f.toString()).contains("stranger.zip, which is not of this release", "delete that asset"));
  }

  @Test
  void inAPublicReleaseWhatAnUploadHasLeftIsNeitherAFileNorRemoved() throws Exception {
    github.addTag(REPO, "v0.3.0", COMMIT);
    Release draft = client("good").createDraft(REPO, new Release.Wanted("v0.3.0", COMMIT, "t", "", true, false), Effect.REVERSIBLE);
    breakOff(draft, sdk.file());
    client("good").updateRelease(REPO, draft.id(), new Release.Wanted("v0.3.0", COMMIT, "t", "", false, false), Effect.IRREVERSIBLE);
    GitHubChannel channel = channel("good");
    Act asset = channel.acts(Leg.DRAFT).get(1);
    assertThat(asset.holding().state()).isEqualTo(Holding.State.UNKNOWN);
    assertThat(channel.preflight().findings()).anySatisfy(f -> assertThat(f.toString()).contains("in the state starter", "raise the version"));
    assertThat(asset.send()).contains("the draft of v0.3.0 is gone");
    assertThat(github.requests()).noneMatch(request -> request.method().equals("DELETE"));
  }

  /** An upload whose connection ends in the middle of the file. */
  private void breakOff(Release draft, String name) throws Exception {
    URI upload = URI.create(draft.uploadUrl());
    try (Socket socket = new Socket(upload.getHost(), upload.getPort())) {
      String head =
          "POST " + upload.getRawPath() + "?name=" + name + " HTTP/1.1\r\nHost: " + upload.getAuthority()
              + "\r\nAuthorization: Bearer good\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\na tar";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  @Test
  void aReleaseThatIsPublicIsSeenWithATokenThatIsOver() {
    github.addTag(REPO, "v0.3.0", COMMIT);
    GitHubChannel channel = channel("good");
    channel.acts(Leg.DRAFT).forEach(Act::send);
    assertThat(channel("expired").acts(Leg.DRAFT).get(0).holding().state()).as("a stranger sees no draft").isEqualTo(Holding.State.UNKNOWN);
    channel.acts(Leg.RELEASE).forEach(Act::send);
    assertThat(new GitHubBuilds(client("expired")).peeled(REPO, "v0.3.0")).hasValueSatisfying(at -> assertThat(at.sha()).isEqualTo(COMMIT));
    assertThatThrownBy(() -> new GitHubBuilds(client("expired")).peeled(REPO, "v9")).as("what a stranger does not see may be there").hasMessageContaining("401");
    for (GitHubChannel late : List.of(channel("expired"), channel(""))) {
      Preflight preflight = late.preflight();
      assertThat(preflight.state()).isEmpty();
      assertThat(preflight.sending()).singleElement().satisfies(f -> assertThat(f.toString()).contains("GITHUB_TOKEN").matches(".*(there is no credential|wrong, expired or revoked).*"));
      List<Act> acts = new ArrayList<>(late.acts(Leg.DRAFT));
      acts.addAll(late.acts(Leg.RELEASE));
      assertThat(acts).allSatisfy(act -> assertThat(act.holding()).as(act.what()).isEqualTo(Holding.same(act.sha256())));
    }
  }

  @Test
  void aTagThatIsNotThereOrElsewhereIsFoundForGitHubWouldMakeItByItself() {
    assertThat(channel("good").preflight().findings()).singleElement().satisfies(f -> assertThat(f.toString()).contains("no tag v0.3.0", "git push origin v0.3.0"));
    github.addTag(REPO, "v0.3.0", "f".repeat(40));
    assertThat(channel("good").preflight().findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("is at ffff", "this release is of " + COMMIT));
  }

  @Test
  void aTokenThatMayOnlyReadOrThatNobodyKnowsIsRefused() {
    github.addTag(REPO, "v0.3.0", COMMIT);
    assertThat(channel("other").preflight().findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("may read " + REPO + ", and not write"));
    assertThat(channel("revoked").preflight().findings()).singleElement().satisfies(f -> assertThat(f.blocks()).isTrue());
    assertThat(github.requests()).allMatch(request -> request.method().equals("GET"));
  }

  private GitHubChannel channel(String token) {
    return channel(token, "official", Optional.empty(), sdk);
  }

  private GitHubChannel channel(String token, String tier, Optional<String> smoke, Artifact artifact) {
    ChannelPlan plan = new ChannelPlan("github", tier, List.of(), smoke, Map.of());
    List<ChannelPlan> all =
        List.of(
            plan,
            new ChannelPlan("crates.io", "official", List.of("lantern"), Optional.of("lantern"), Map.of()),
            new ChannelPlan("homebrew", "official", List.of(), Optional.empty(), Map.of("tap", "git@git.example.org:demo/homebrew-tools.git", "formula", "Formula/lantern.rb")));
    Workbench bench = Benches.of(directory, directory, all, "0.3.0", List.of(artifact), Map.of());
    return new GitHubChannel(bench, plan, client(token), github.base(), REPO, new GitHubChannel.Notes(COMMIT, "### Added\n\n- Light\n"));
  }

  private GitHubClient client(String token) {
    return new GitHubClient(github.base(), Optional.of(token).filter(t -> !t.isEmpty()), new EffectGate(Mode.SANDBOX));
  }
}
