package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.net.ServerSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JGit is asked, checked against the git client. */
class GitRepositoryTest {

  @TempDir Path dir;

  @Test
  void opensFromAnyDirectoryInside() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.write("a/b/file", "x");
    try (GitRepository repository = GitRepository.open(git.directory().resolve("a/b"))) {
      assertThat(repository.root().toRealPath()).isEqualTo(git.directory().toRealPath());
      assertThat(repository.commonDirectory().toRealPath()).isEqualTo(git.directory().resolve(".git").toRealPath());
    }
  }

  @Test
  void refusesADirectoryThatIsNoRepository() {
    assertThatThrownBy(() -> GitRepository.open(dir))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is no git repository")
        .hasMessageContaining("git init");
    assertThatThrownBy(() -> GitRepository.open(dir.resolve("nowhere"))).isInstanceOf(Refusal.class);
  }

  @Test
  void refusesABareRepository() {
    new RealGit(dir).run("init", "-q", "--bare", "bare.git");
    assertThatThrownBy(() -> GitRepository.open(dir.resolve("bare.git")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("bare");
  }

  @Test
  void refusesARepositoryOfAnotherFormat() {
    new RealGit(dir).run("init", "-q", "--object-format=sha256", "other");
    assertThatThrownBy(() -> GitRepository.open(dir.resolve("other")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("its object format is sha256");
  }

  @Test
  void aLinkedWorkTreeSharesItsRefs() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("tag", "-a", "v1.0.0", "-m", "one");
    git.run("worktree", "add", "-q", "-b", "other", dir.resolve("linked").toString());
    try (GitRepository repository = GitRepository.open(dir.resolve("linked"))) {
      assertThat(repository.head().branch()).contains("other");
      assertThat(repository.root().toRealPath()).isEqualTo(dir.resolve("linked").toRealPath());
      assertThat(repository.commonDirectory().toRealPath()).isEqualTo(git.directory().resolve(".git").toRealPath());
      assertThat(repository.releaseTags()).extracting(ReleaseTag::name).containsExactly("v1.0.0");
      assertThat(repository.status().clean()).isTrue();
    }
  }

  @Test
  void opensASubmodule() throws Exception {
    RealGit inner = RealGit.withOrigin(dir.resolve("inner"));
    RealGit outer = RealGit.withOrigin(dir.resolve("outer"));
    outer.run("submodule", "--quiet", "add", inner.directory().toString(), "lib");
    outer.commit("with a submodule");
    try (GitRepository repository = GitRepository.open(outer.directory().resolve("lib"))) {
      assertThat(repository.head().commit()).contains(inner.head());
    }
  }

  @Test
  void tellsBranchDetachedAndUnborn() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.head()).isEqualTo(new Head(Optional.of(git.head()), Optional.of("main")));
      git.run("checkout", "-q", "--detach");
      assertThat(repository.head().detached()).isTrue();
      assertThat(repository.head().commit()).contains(git.head());
      git.run("checkout", "-q", "--orphan", "fresh");
      assertThat(repository.head()).isEqualTo(new Head(Optional.empty(), Optional.of("fresh")));
    }
  }

  @Test
  void tellsStagedModifiedMissingAndUntrackedFiles() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.write(".gitignore", "*.log\n/target/\n");
    git.write("gone", "x");
    git.write("sub/kept", "x");
    git.commit("more");
    git.write("README.md", "changed\n");
    git.write("staged", "x");
    git.run("add", "staged");
    Files.delete(git.directory().resolve("gone"));
    git.write("new file", "x");
    git.write("deep/er/new", "x");
    git.write("noise.log", "x");
    git.write("target/out", "x");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      WorkTreeStatus status = repository.status();
      assertThat(status.staged()).containsExactly("staged");
      assertThat(status.modified()).containsExactly("README.md", "gone");
      assertThat(status.untracked()).containsExactly("deep/er/new", "new file");
      assertThat(status.operation()).isEmpty();
      assertThat(status.clean()).isFalse();
    }
    assertThat(git.run("status", "--porcelain", "-uall").lines().map(l -> l.substring(3).replace("\"", "")))
        .containsExactlyInAnyOrder("staged", "README.md", "gone", "deep/er/new", "new file");
  }

  @Test
  void aTouchedFileOfTheSameContentIsClean() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    Files.setLastModifiedTime(
        git.directory().resolve("README.md"), java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isTrue();
    }
  }

  @Test
  void aChangeOfTheSameSizeRightAfterTheCommitIsSeen() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.write("README.md", "olleh\n");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().modified()).containsExactly("README.md");
    }
  }

  @Test
  void aLostExecutableBitIsSeen() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.write("run", "x");
    git.directory().resolve("run").toFile().setExecutable(true);
    git.commit("script");
    git.directory().resolve("run").toFile().setExecutable(false);
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().modified()).containsExactly("run");
    }
  }

  @Test
  void aSubmoduleWithChangesIsModified() throws Exception {
    RealGit inner = RealGit.withOrigin(dir.resolve("inner"));
    RealGit outer = RealGit.withOrigin(dir.resolve("outer"));
    outer.run("submodule", "--quiet", "add", inner.directory().toString(), "lib");
    outer.commit("with a submodule");
    try (GitRepository repository = GitRepository.open(outer.directory())) {
      assertThat(repository.status().clean()).isTrue();
      outer.write("lib/README.md", "changed inside\n");
      assertThat(repository.status().modified()).containsExactly("lib");
      new RealGit(outer.directory().resolve("lib")).commit("another commit inside");
      assertThat(repository.status().modified()).containsExactly("lib");
      assertThat(outer.run("status", "--porcelain")).isEqualTo(" M lib");
    }
  }

  @Test
  void tellsAMergeInProgressAndItsConflicts() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("checkout", "-q", "-b", "side");
    git.write("README.md", "side\n");
    git.commit("side");
    git.run("checkout", "-q", "main");
    git.write("README.md", "main\n");
    git.commit("main");
    assertThat(git.attempt("merge", "side").ok()).isFalse();
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().operation()).contains("merge");
      assertThat(repository.status().conflicting()).containsExactly("README.md");
      git.run("merge", "--abort");
      assertThat(git.attempt("rebase", "side").ok()).isFalse();
      assertThat(repository.status().operation()).contains("rebase");
    }
  }

  @Test
  void countsAheadAndBehind() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.upstream()).contains(new Upstream("origin", "main", Optional.of(git.head()), 0, 0));
      git.commit("two");
      git.commit("three");
      git.run("push", "-q");
      git.run("reset", "-q", "--hard", "HEAD~2");
      git.commit("other");
      Upstream upstream = repository.upstream().orElseThrow();
      assertThat(upstream.ahead()).isEqualTo(1);
      assertThat(upstream.behind()).isEqualTo(2);
      assertThat(upstream.name()).isEqualTo("origin/main");
      assertThat(git.run("rev-list", "--left-right", "--count", "HEAD...@{u}")).isEqualTo("1\t2");
      git.run("checkout", "-q", "-b", "alone");
      assertThat(repository.upstream()).isEmpty();
    }
  }

  @Test
  void peelsTagsAndTellsWhatIsNoCommit() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    String one = git.head();
    git.run("tag", "light");
    git.run("tag", "-a", "v1.0.0", "-m", "one");
    git.run("tag", "-a", "nested", "-m", "a tag of a tag", "v1.0.0");
    git.run("tag", "tree", "HEAD^{tree}");
    git.run("tag", "-a", "blob", "-m", "a file", "HEAD:README.md");
    git.run("tag", "v1$(id)");
    git.run("pack-refs", "--all");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.tags())
          .extracting(Tag::name, Tag::annotated, Tag::kind, Tag::commit)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("light", false, "commit", Optional.of(one)),
              org.assertj.core.groups.Tuple.tuple("v1.0.0", true, "commit", Optional.of(one)),
              org.assertj.core.groups.Tuple.tuple("nested", true, "commit", Optional.of(one)),
              org.assertj.core.groups.Tuple.tuple("tree", false, "tree", Optional.empty()),
              org.assertj.core.groups.Tuple.tuple("blob", true, "blob", Optional.empty()),
              org.assertj.core.groups.Tuple.tuple("v1$(id)", false, "commit", Optional.of(one)));
      assertThat(repository.releaseTags()).extracting(ReleaseTag::name).containsExactly("v1.0.0");
      assertThat(repository.tag("nowhere")).isEmpty();
    }
  }

  @Test
  void aReleaseTagOfATreeIsRefused() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("tag", "v0.9.0", "HEAD^{tree}");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThatThrownBy(() -> repository.newestReleaseBefore(git.head()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("tag v0.9.0 names a tree");
    }
  }

  @Test
  void findsTheNewestReleaseThatTheCandidateDescendsFrom() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("tag", "-a", "v0.9.0", "-m", "x");
    git.commit("two");
    git.run("tag", "v0.10.0");
    git.run("tag", "v0.10.0-rc.1");
    git.run("tag", "v00.11.0");
    git.run("tag", "release-9.0.0");
    git.run("checkout", "-q", "-b", "side");
    git.commit("side");
    git.run("tag", "v3.0.0");
    git.run("checkout", "-q", "main");
    String candidate = git.commit("three");
    git.run("tag", "v1.0.0");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.newestReleaseBefore(candidate)).map(ReleaseTag::name).contains("v0.10.0");
      assertThat(repository.newestReleaseBefore(repository.resolve("v0.10.0"))).map(ReleaseTag::name).contains("v0.9.0");
      assertThat(repository.newestReleaseBefore(repository.resolve("v0.9.0"))).isEmpty();
      assertThat(repository.isAncestor(repository.resolve("v0.9.0"), candidate)).isTrue();
      assertThat(repository.isAncestor(repository.resolve("v3.0.0"), candidate)).isFalse();
    }
  }

  @Test
  void resolvesRevisionsAndRefusesOthers() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    String two = git.commit("two");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.resolve("main")).isEqualTo(two);
      assertThat(repository.resolve("HEAD~1")).isEqualTo(git.run("rev-parse", "HEAD~1"));
      for (String wrong : List.of("nowhere", "v9.9.9", "HEAD~9", "--all", "a..b", "HEAD:README.md", "", "^")) {
        assertThatThrownBy(() -> repository.resolve(wrong))
            .as(wrong)
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("names no commit");
      }
    }
  }

  @Test
  void readsAFileOfACommit() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    String first = git.head();
    git.write("README.md", "later\n");
    git.write("d/f", "x");
    git.commit("later");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.fileAt(first, "README.md")).hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("hello\n"));
      assertThat(repository.fileAt(first, "d/f")).isEmpty();
      assertThat(repository.fileAt(git.head(), "d")).isEmpty();
      assertThat(repository.commit(first).subject()).isEqualTo("first");
    }
  }

  @Test
  void tellsAShallowClone() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.commit("two");
    git.run("push", "-q");
    new RealGit(dir).run("clone", "-q", "--depth", "1", "file://" + dir.resolve("origin.git"), "shallow");
    try (GitRepository full = GitRepository.open(git.directory());
        GitRepository shallow = GitRepository.open(dir.resolve("shallow"))) {
      assertThat(full.isShallow()).isFalse();
      assertThat(shallow.isShallow()).isTrue();
    }
  }

  @Test
  void asksTheRemoteForItsRefs() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("tag", "-a", "v1.0.0", "-m", "one");
    git.run("tag", "light");
    git.run("push", "-q", "origin", "v1.0.0", "light");
    git.run("tag", "-d", "v1.0.0");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      Remote origin = repository.remote("origin").orElseThrow();
      assertThat(origin.local()).isTrue();
      RemoteRefs refs =
          repository.remoteRefs(
              origin,
              List.of("refs/heads/main", "refs/tags/v1.0.0", "refs/tags/light", "refs/tags/none"),
              Duration.ofMinutes(5),
              Optional.empty());
      assertThat(refs.branch("main")).contains(git.head());
      assertThat(refs.tag("v1.0.0")).hasValueSatisfying(t -> {
        assertThat(t.annotated()).isTrue();
        assertThat(t.commit()).contains(git.head());
      });
      assertThat(refs.tag("light")).hasValueSatisfying(t -> assertThat(t.annotated()).isFalse());
      assertThat(refs.tag("none")).isEmpty();
      assertThat(repository.remote("upstream")).isEmpty();
    }
  }

  @Test
  void aRemoteThatIsGoneIsAFailureNotAnEmptyAnswer() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    git.run("remote", "set-url", "origin", dir.resolve("gone.git").toString());
    try (GitRepository repository = GitRepository.open(git.directory())) {
      Remote origin = repository.remote("origin").orElseThrow();
      assertThatThrownBy(
              () -> repository.remoteRefs(origin, List.of("refs/heads/main"), Duration.ofMinutes(5), Optional.empty()))
          .isInstanceOf(OutsideFailure.class)
          .hasMessageContaining("cannot read the refs of origin");
    }
  }

  @Test
  @Timeout(1800)
  void aRemoteThatNeverAnswersIsGivenUp() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        GitRepository repository = GitRepository.open(git.directory())) {
      git.run("remote", "set-url", "origin", "http://user:secret@127.0.0.1:" + silent.getLocalPort() + "/x.git");
      Remote origin = repository.remote("origin").orElseThrow();
      assertThat(origin.toString()).doesNotContain("secret").doesNotContain("user");
      assertThatThrownBy(
              () -> repository.remoteRefs(origin, List.of("refs/heads/main"), Duration.ofSeconds(1), Optional.empty()))
          .isInstanceOf(OutsideFailure.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void knowsGitHubsNameInEverySpellingOfItsAddress() {
    for (String url :
        List.of(
            "git@github.com:lantern-demo/lantern.git",
            "https://github.com/lantern-demo/lantern",
            "https://github.com/lantern-demo/lantern.git",
            "ssh://git@github.com/lantern-demo/lantern.git")) {
      Remote remote = new Remote("origin", url, url);
      assertThat(remote.githubRepository()).as(url).contains("lantern-demo/lantern");
      assertThat(remote.local()).isFalse();
    }
    assertThat(new Remote("origin", "https://example.org/a/b.git", "x").githubRepository()).isEmpty();
    assertThat(new Remote("origin", "/srv/a/b.git", "/srv/a/b.git").githubRepository()).isEmpty();
    assertThat(new Remote("origin", "/srv/a.git", "https://example.org/a.git").local()).isFalse();
  }

  @Test
  void writesNothingAndStartsNothing() throws Exception {
    RealGit git = RealGit.withOrigin(dir);
    String before = tree(git.directory());
    List<ProcessHandle> others = ProcessHandle.current().children().toList(); // of tests before, on their way out
    try (GitRepository repository = GitRepository.open(git.directory())) {
      repository.head();
      repository.status();
      repository.upstream();
      repository.tags();
      assertThat(ProcessHandle.current().children().filter(child -> !others.contains(child))).isEmpty();
    }
    assertThat(tree(git.directory())).isEqualTo(before);
  }

  private static String tree(Path root) throws Exception {
    StringBuilder out = new StringBuilder();
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        out.append(file).append(' ').append(Files.getLastModifiedTime(file)).append('\n');
      }
    }
    return out.toString();
  }
}
