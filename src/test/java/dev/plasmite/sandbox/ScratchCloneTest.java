package dev.plasmite.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Refusal;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class ScratchCloneTest {

  @TempDir Path directory;

  private Path repository;
  private Path world;
  private String first;
  private String second;

  @BeforeEach
  void aRepositoryWithHistory() throws Exception {
    repository = Files.createDirectory(directory.resolve("repository"));
    world = directory.resolve("world");
    git(repository, "init", "--quiet", "--initial-branch=main");
    Files.writeString(repository.resolve("README.md"), "one\r\ntwo\n");
    Path script = Files.writeString(repository.resolve("build.sh"), "#!/bin/sh\n");
    Files.writeString(repository.resolve(".gitignore"), "/target/\n");
    git(repository, "add", ".");
    git(repository, "update-index", "--chmod=+x", "build.sh");
    script.toFile().setExecutable(true);
    git(repository, "commit", "--quiet", "-m", "one");
    first = git(repository, "rev-parse", "HEAD");
    git(repository, "tag", "-a", "v0.1.0", "-m", "0.1.0");
    git(repository, "notes", "--ref=plasmite", "add", "-m", "evidence");
    git(repository, "branch", "maintenance");
    git(repository, "pack-refs", "--all");
    Files.writeString(repository.resolve("README.md"), "three\n");
    git(repository, "commit", "--quiet", "-am", "two");
    second = git(repository, "rev-parse", "HEAD");
  }

  @Test
  void workHasTheCommitOnTheBranchAndOriginHasEverything() throws Exception {
    ScratchClone clone = ScratchClone.of(world, repository, second, Optional.empty());
    assertThat(clone.commit()).isEqualTo(second);
    assertThat(git(clone.work(), "status", "--porcelain=v1", "--branch")).isEqualTo("## main...origin/main");
    assertThat(git(clone.work(), "rev-parse", "HEAD")).isEqualTo(second);
    assertThat(git(clone.work(), "describe")).startsWith("v0.1.0-1-g");
    assertThat(git(clone.work(), "notes", "--ref=plasmite", "show", first)).isEqualTo("evidence");
    assertThat(git(clone.origin(), "for-each-ref", "--format=%(refname)").lines())
        .containsExactly("refs/heads/main", "refs/heads/maintenance", "refs/notes/plasmite", "refs/tags/v0.1.0");
    assertThat(git(clone.origin(), "fsck", "--full", "--strict")).doesNotContain("missing").doesNotContain("broken");
    assertThat(git(clone.origin(), "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    assertThat(clone.tap()).isEmpty();
  }

  @Test
  void anOlderCommitIsCheckedOutDetachedByteForByte() throws Exception {
    ScratchClone clone = ScratchClone.of(world, repository, first, Optional.empty());
    assertThat(git(clone.work(), "rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("HEAD");
    assertThat(Files.readString(clone.work().resolve("README.md"))).isEqualTo("one\r\ntwo\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void executableBitsAndLinksAreKept() throws Exception {
    Files.createSymbolicLink(repository.resolve("link"), Path.of("README.md"));
    git(repository, "add", "link");
    git(repository, "commit", "--quiet", "-m", "link");
    ScratchClone clone = ScratchClone.of(world, repository, git(repository, "rev-parse", "HEAD"), Optional.empty());
    assertThat(Files.isExecutable(clone.work().resolve("build.sh"))).isTrue();
    assertThat(Files.isExecutable(clone.work().resolve("README.md"))).isFalse();
    assertThat(Files.readSymbolicLink(clone.work().resolve("link"))).hasToString("README.md");
    assertThat(git(clone.work(), "status", "--porcelain")).isEmpty();
  }

  @Test
  void theMaintainersRepositoryIsNeverWritten() throws Exception {
    Files.writeString(repository.resolve("dirty.txt"), "not committed");
    Map<String, String> before = snapshot(repository);
    ScratchClone clone = ScratchClone.of(world, repository, second, Optional.of(repository));
    clone.tag("v0.2.0", "0.2.0");
    ScratchClone.of(world, repository, first, Optional.of(repository)).directories();
    assertThat(snapshot(repository)).isEqualTo(before);
  }

  @Test
  void theSameCloneIsUsedAgainAndBroughtUpToDate() throws Exception {
    ScratchClone once = ScratchClone.of(world, repository, second, Optional.empty());
    once.tag("v0.2.0", "0.2.0");
    Path built = Files.createDirectories(once.work().resolve("target")).resolve("built");
    Files.writeString(built, "kept");
    Files.writeString(once.work().resolve("README.md"), "changed");
    Files.writeString(once.work().resolve("stray.txt"), "stray");
    Files.writeString(repository.resolve("README.md"), "four\n");
    git(repository, "commit", "--quiet", "-am", "three");
    String third = git(repository, "rev-parse", "HEAD");

    ScratchClone again = ScratchClone.of(world, repository, third, Optional.empty());
    assertThat(git(again.work(), "status", "--porcelain=v1", "--branch")).isEqualTo("## main...origin/main");
    assertThat(Files.readString(again.work().resolve("README.md"))).isEqualTo("four\n");
    assertThat(again.work().resolve("stray.txt")).doesNotExist();
    assertThat(built).exists();
    assertThat(git(again.origin(), "tag", "--list").lines()).containsExactly("v0.1.0", "v0.2.0");
  }

  @Test
  void whatAKilledProcessLeftIsNoObstacle() throws Exception {
    Files.createDirectories(world.resolve("origin.git.unfinished/refs"));
    Files.createDirectories(world.resolve("work.unfinished/.git/objects"));
    Files.createDirectories(world.resolve("work"));
    ScratchClone clone = ScratchClone.of(world, repository, first, Optional.empty());
    for (Path lock : List.of(clone.work().resolve(".git/index.lock"), clone.work().resolve(".git/config.lock"),
        clone.work().resolve(".git/HEAD.lock"), clone.origin().resolve("refs/heads/main.lock"), clone.origin().resolve("packed-refs.lock"))) {
      Files.createFile(lock);
    }
    ScratchClone again = ScratchClone.of(world, repository, second, Optional.empty());
    assertThat(git(again.work(), "status", "--porcelain=v1", "--branch")).isEqualTo("## main...origin/main");
    assertThat(git(again.work(), "rev-parse", "HEAD")).isEqualTo(second);
  }

  @Test
  void aRewrittenBranchIsFollowed() throws Exception {
    ScratchClone.of(world, repository, second, Optional.empty());
    git(repository, "commit", "--quiet", "--amend", "-m", "two, better");
    String amended = git(repository, "rev-parse", "HEAD");
    ScratchClone clone = ScratchClone.of(world, repository, amended, Optional.empty());
    assertThat(git(clone.origin(), "rev-parse", "main")).isEqualTo(amended);
    assertThat(git(clone.work(), "status", "--porcelain=v1", "--branch")).isEqualTo("## main...origin/main");
  }

  @Test
  void theReleaseTagIsAnnotatedAndPushedAndTheMaintainersOwnIsNeverMoved() throws Exception {
    ScratchClone clone = ScratchClone.of(world, repository, second, Optional.empty());
    String tag = clone.tag("v0.2.0", "0.2.0");
    assertThat(git(clone.origin(), "cat-file", "-t", tag)).isEqualTo("tag");
    assertThat(git(clone.origin(), "rev-parse", "v0.2.0^{commit}")).isEqualTo(second);
    assertThat(clone.tag("v0.2.0", "0.2.0")).isEqualTo(tag);

    git(repository, "tag", "-a", "v0.2.0", "-m", "0.2.0", second);
    git(repository, "tag", "v0.3.0", first);
    Path another = directory.resolve("another");
    ScratchClone older = ScratchClone.of(another, repository, first, Optional.empty());
    assertThatThrownBy(() -> older.tag("v0.2.0", "0.2.0"))
        .isInstanceOf(Refusal.class).hasMessageContaining(second).hasMessageContaining(first);
    assertThatThrownBy(() -> older.tag("v0.3.0", "0.3.0")).isInstanceOf(Refusal.class).hasMessageContaining("lightweight");
    assertThatThrownBy(() -> older.tag("v0.4.0..x", "m")).isInstanceOf(Refusal.class).hasMessageContaining("no tag name");
  }

  @Test
  void aTagThatAnEarlierRunMadeHereFollowsTheCommitThatMendsWhatThatRunFound() throws Exception {
    ScratchClone.of(world, repository, first, Optional.empty()).tag("v0.2.0", "0.2.0");
    ScratchClone mended = ScratchClone.of(world, repository, second, Optional.empty());
    String tag = mended.tag("v0.2.0", "0.2.0");
    for (Path there : new Path[] {mended.work(), mended.origin()}) {
      assertThat(git(there, "rev-parse", "v0.2.0")).isEqualTo(tag);
      assertThat(git(there, "rev-parse", "v0.2.0^{commit}")).isEqualTo(second);
    }
    assertThat(git(repository, "tag", "--list", "v0.2.0")).isEmpty();
  }

  @Test
  void theStandInForGitHubIsToldTheRefsOfTheScratchOrigin() throws Exception {
    git(repository, "tag", "light", first);
    git(repository, "tag", "of-a-tree", "HEAD^{tree}");
    ScratchClone clone = ScratchClone.of(world, repository, second, Optional.empty());
    String tag = clone.tag("v0.2.0", "0.2.0");
    assertThat(clone.refs())
        .contains(new GitHubStandIn.KnownRef("refs/heads/main", second, second, ""))
        .contains(new GitHubStandIn.KnownRef("refs/tags/light", first, first, ""))
        .contains(new GitHubStandIn.KnownRef("refs/tags/v0.2.0", tag, second, "0.2.0"))
        .noneMatch(ref -> ref.name().equals("refs/tags/of-a-tree"));
    try (GitHubStandIn github = GitHubStandIn.open(directory.resolve("github"), Accounts.of("good"))) {
      github.addRepository("lantern-demo/lantern");
      github.addRefs("lantern-demo/lantern", clone.refs());
      URI base = URI.create(github.base() + "/repos/lantern-demo/lantern/git/");
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest ref = HttpRequest.newBuilder(base.resolve("ref/tags/v0.2.0")).build();
      assertThat(client.send(ref, HttpResponse.BodyHandlers.ofString()).body()).contains(tag).contains("\"type\":\"tag\"");
      HttpRequest object = HttpRequest.newBuilder(base.resolve("tags/" + tag)).build();
      assertThat(client.send(object, HttpResponse.BodyHandlers.ofString()).body()).contains(second);
    }
  }

  @Test
  void aTagThatMovedInTheRepositoryIsRefused() throws Exception {
    ScratchClone.of(world, repository, second, Optional.empty());
    git(repository, "tag", "-f", "-a", "v0.1.0", "-m", "moved");
    assertThatThrownBy(() -> ScratchClone.of(world, repository, second, Optional.empty()))
        .isInstanceOf(Refusal.class).hasMessageContaining("v0.1.0").hasMessageContaining(first).hasMessageContaining(second);
  }

  @Test
  void theTapKeepsWhatTheSandboxPushedUntilTheRealOneMovesOn() throws Exception {
    Path tap = directory.resolve("real-tap");
    git(directory, "clone", "--quiet", repository.toString(), tap.toString());
    ScratchClone clone = ScratchClone.of(world, repository, second, Optional.of(tap));
    Path bare = clone.tap().orElseThrow();
    Path checkout = directory.resolve("checkout");
    git(directory, "clone", "--quiet", bare.toString(), checkout.toString());
    Files.writeString(checkout.resolve("formula.rb"), "formula");
    git(checkout, "add", ".");
    git(checkout, "commit", "--quiet", "-m", "formula");
    git(checkout, "push", "--quiet");
    String pushed = git(checkout, "rev-parse", "HEAD");

    ScratchClone.of(world, repository, second, Optional.of(tap));
    assertThat(git(bare, "rev-parse", "main")).isEqualTo(pushed);
    Files.writeString(tap.resolve("other.rb"), "other");
    git(tap, "add", ".");
    git(tap, "commit", "--quiet", "-m", "other");
    ScratchClone.of(world, repository, second, Optional.of(tap));
    assertThat(git(bare, "rev-parse", "main")).isEqualTo(git(tap, "rev-parse", "HEAD"));
  }

  @Test
  void aLinkedWorkTreeIsARepository() throws Exception {
    Path linked = directory.resolve("linked");
    git(repository, "worktree", "add", "--quiet", "-b", "side", linked.toString());
    ScratchClone clone = ScratchClone.of(world, linked, second, Optional.empty());
    assertThat(git(clone.work(), "rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("side");
    assertThat(git(clone.work(), "rev-parse", "HEAD")).isEqualTo(second);
  }

  @Test
  void whatCannotBeReleasedFromIsRefusedInOneSentence() throws Exception {
    Path nothing = Files.createDirectory(directory.resolve("nothing"));
    assertThatThrownBy(() -> ScratchClone.of(world, nothing, second, Optional.empty()))
        .isInstanceOf(Refusal.class).hasMessageContaining("is no git repository");
    assertThatThrownBy(() -> ScratchClone.of(world, repository, "0".repeat(40), Optional.empty()))
        .isInstanceOf(Refusal.class).hasMessageContaining("has no commit");
    Path shallow = directory.resolve("shallow");
    git(directory, "clone", "--quiet", "--depth", "1", repository.toUri().toString(), shallow.toString());
    assertThatThrownBy(() -> ScratchClone.of(world, shallow, second, Optional.empty()))
        .isInstanceOf(Refusal.class).hasMessageContaining("shallow").hasMessageContaining("--unshallow");
  }

  /** Every file below a directory, with its digest, rights and time. */
  private static Map<String, String> snapshot(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        all.put(
            root.relativize(file).toString(),
            (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Digests.of(file).sha256() + " "
                    : "directory ")
                + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS) + " "
                + (posix ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)) : ""));
      }
    }
    return all;
  }

  private String git(Path where, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "maintenance.auto=false", "-c", "gc.auto=0"));
    argv.addAll(List.of(arguments));
    Exit exit =
        new Processes(Redactor.NONE)
            .run(Command.of(where, argv).with(Map.of(
                "HOME", directory.toString(), "GIT_CONFIG_NOSYSTEM", "1", "PATH", System.getenv("PATH"),
                "GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")));
    assertThat(exit.ok()).as(argv + "\n" + exit.out() + exit.err()).isTrue();
    return exit.out().strip();
  }
}
