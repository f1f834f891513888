package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.provenance.LocalSigstore;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The train in rehearsal, from the build run that stages to the proof of it, with GitHub's stand-in at GITHUB_API_URL. */
@Timeout(1800)
class RehearsedProvenanceTest {

  private static final String REPO = "lantern-demo/lantern";
  private static final String WORKFLOW = ".github/workflows/build.yml";

  @TempDir Path temp;
  private final LocalSigstore sigstore = new LocalSigstore();
  private GitHubStandIn github;
  private String commit;
  private long run;

  @BeforeEach
  void release() throws Exception {
    Path checkout = temp.resolve("repository");
    try (Git git = Git.init().setDirectory(checkout.toFile()).call()) {
      Files.writeString(checkout.resolve(".gitignore"), "*.crate\n");
      git.add().addFilepattern(".").call();
      commit =
          git.commit().setSign(false).setMessage("release").setAuthor("Release", "release@example.org")
              .setCommitter("Release", "release@example.org").call().name();
      git.tag().setName("v1.2.0").setAnnotated(false).call();
    }
    Samples.crate(checkout, "lantern", "1.2.0");
    sigstore.trustedRoot(temp.resolve("trusted_root.json"));
    github = GitHubStandIn.open(temp.resolve("github"), Accounts.of("good"));
    github.addRepository(REPO);
    github.addAnnotatedTag(REPO, "v1.2.0", "f".repeat(40), commit, "release");
    github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/ci.yml", "push", "main", commit));
    run = github.addRun(REPO, GitHubStandIn.Run.green(WORKFLOW, "push", "v1.2.0", commit));
  }

  @AfterEach
  void nothingWasSent() {
    assertThat(github.requests()).allMatch(request -> request.method().equals("GET"));
    github.close();
  }

  @Test
  void whatTheBuildRunStagedAndAttestedIsProvenAndNothingElse() throws Exception {
    assertThat(build()).contains("STAGE_ARTIFACTS PASSED");
    ReleaseManifest manifest = new StagedSet(temp.resolve("artifacts")).verifyUnsigned();
    BuildRun expected = new BuildRun(REPO, WORKFLOW, "push", run, 1, commit, "refs/tags/v1.2.0");
    assertThat(manifest.run()).isEqualTo(expected);
    upload();

    assertThat(publishing("STAGE_ARTIFACTS", "PROVENANCE"))
        .contains("STAGE_ARTIFACTS PASSED").contains("built=not here: by run " + run)
        .contains("PROVENANCE FAILED {}").contains("GitHub has no attestation of the artifacts");

    Map<String, String> subjects = new HashMap<>(Map.of(ReleaseManifest.FILE, Digests.sha256(manifest.json())));
    manifest.artifacts().forEach(artifact -> subjects.put(artifact.file(), artifact.sha256()));
    github.addAttestation(REPO, List.copyOf(subjects.values()), sigstore.attest(expected, subjects));
    assertThat(publishing("STAGE_ARTIFACTS", "PROVENANCE"))
        .contains("PROVENANCE PASSED").contains("is the one that tag v1.2.0 pins").contains("notProven=that GitHub's runner");

    github.addTag(REPO, "v1.2.0", "0".repeat(40));
    assertThat(publishing("PROVENANCE"))
        .contains("PROVENANCE FAILED").contains("no successful run of " + WORKFLOW).contains("it ran for commit");
  }

  /** As a job of the build workflow. */
  private String build() {
    return train(
        Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_REPOSITORY", REPO,
            "GITHUB_WORKFLOW_REF", REPO + "/" + WORKFLOW + "@refs/tags/v1.2.0",
            "GITHUB_EVENT_NAME", "push",
            "GITHUB_RUN_ID", Long.toString(run),
            "GITHUB_RUN_ATTEMPT", "1",
            "GITHUB_SHA", commit,
            "GITHUB_REF", "refs/tags/v1.2.0"),
        "STAGE_ARTIFACTS");
  }

  /** As a job of the workflow that publishes. */
  private String publishing(String... stages) {
    return train(
        Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_REPOSITORY", REPO,
            "GITHUB_WORKFLOW_REF", REPO + "/.github/workflows/publish.yml@refs/tags/v1.2.0"),
        stages);
  }

  private String train(Map<String, String> actions, String... stages) {
    Map<String, String> environment = new HashMap<>(actions);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", temp.toString());
    environment.put("GITHUB_API_URL", github.base().toString());
    environment.put("GITHUB_TOKEN", "good");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RehearsalMain.class.getName(), temp.toString()));
    command.addAll(List.of(stages));
    Exit exit =
        new Processes(Redactor.NONE).run(Command.of(temp, command).with(environment).within(Duration.ofMinutes(20)));
    assertThat(exit.ok()).as(exit.out() + exit.err()).isTrue();
    return exit.out();
  }

  /** As actions/upload-artifact does. */
  private void upload() throws Exception {
    Path zip = temp.resolve("upload.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out);
        Stream<Path> files = Files.list(temp.resolve("artifacts"))) {
      for (Path file : files.toList()) {
        packed.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, packed);
      }
    }
    github.addArtifact(REPO, run, "release", zip);
  }
}
