package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {

  private static final SemVer NEXT = SemVer.parse("1.1.0");

  @TempDir Path temp;
  private Path repository;

  @BeforeEach
  void make() throws Exception {
    repository = Files.createDirectory(temp.resolve("repository"));
    git(repository, "init", "-q", "-b", "main");
    git(repository, "config", "user.name", "tester");
    git(repository, "config", "user.email", "tester@example.org");
  }

  private String commit(String text) throws Exception {
    Files.writeString(repository.resolve("file"), text);
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", text);
    return git(repository, "rev-parse", "HEAD");
  }

  @Test
  void checkoutHasTheCommitsFilesWithModesAndLinksAndItsOwnHead() throws Exception {
    Files.writeString(repository.resolve("run.sh"), "#!/bin/sh\n");
    repository.resolve("run.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(repository.resolve("link"), Path.of("file"));
    String first = commit("one");
    commit("two");
    Path copy = temp.resolve("copy");

    try (SideBySide git = SideBySide.of(repository)) {
      git.checkOut(first, copy);
    }

    assertThat(copy.resolve("file")).hasContent("one");
    assertThat(copy.resolve("run.sh")).isExecutable();
    assertThat(copy.resolve("link")).isSymbolicLink();
    assertThat(git(copy, "rev-parse", "HEAD")).isEqualTo(first);
    assertThat(git(copy, "status", "--porcelain")).isEmpty();
    assertThat(git(copy, "log", "--format=%s")).isEqualTo("one");
  }

  @Test
  void linkedWorktreeOfTheUserWorksAndItsIndexAndRefsStay() throws Exception {
    String first = commit("one");
    git(repository, "tag", "v1.0.0");
    Path linked = temp.resolve("linked");
    git(repository, "worktree", "add", "-q", "-b", "topic", linked.toString());
    repository = linked;
    String second = commit("two");
    Files.writeString(linked.resolve("staged"), "not committed");
    git(linked, "add", "staged");
    String refs = git(linked, "for-each-ref");
    String status = git(linked, "status", "--porcelain");

    try (SideBySide git = SideBySide.of(linked)) {
      assertThat(git.head()).isEqualTo(second);
      assertThat(git.base(Optional.empty(), second, NEXT)).contains(new SideBySide.Base("v1.0.0", first));
      git.checkOut(first, temp.resolve("base"));
      git.checkOut(second, temp.resolve("cand"));
    }

    assertThat(temp.resolve("base/file")).hasContent("one");
    assertThat(temp.resolve("cand/file")).hasContent("two");
    assertThat(temp.resolve("cand/staged")).doesNotExist();
    assertThat(git(linked, "for-each-ref")).isEqualTo(refs);
    assertThat(git(linked, "status", "--porcelain")).isEqualTo(status);
    assertThat(git(linked, "worktree", "list")).doesNotContain("cand");
  }

  @Test
  void baseIsTheNewestFinalReleaseThatTheCandidateDescendsFrom() throws Exception {
    String first = commit("one");
    git(repository, "tag", "v1.0.0");
    commit("two");
    git(repository, "tag", "v1.1.0-rc.1");
    git(repository, "tag", "not-a-release");
    git(repository, "tag", "v01.2.3");
    git(repository, "branch", "side");
    git(repository, "switch", "-q", "side");
    commit("elsewhere");
    git(repository, "tag", "v1.0.9");
    git(repository, "switch", "-q", "main");
    String head = commit("three");
    git(repository, "tag", "v1.1.0");

    try (SideBySide git = SideBySide.of(repository)) {
      assertThat(git.base(Optional.empty(), head, NEXT)).contains(new SideBySide.Base("v1.0.0", first));
      assertThat(git.base(Optional.empty(), head, SemVer.parse("1.1.0-rc.2")).map(SideBySide.Base::tag)).contains("v1.1.0-rc.1");
      assertThat(git.base(Optional.of("v1.1.0-rc.1"), head, NEXT).map(SideBySide.Base::tag)).contains("v1.1.0-rc.1");
      refused(git, "v9.9.9", head, "there is no tag v9.9.9");
      refused(git, "v1.0.9", head, "no ancestor");
      refused(git, "v1.1.0", head, "candidate's own commit");
      assertThat(git.base(Optional.empty(), first, NEXT)).isEmpty();
    }
  }

  @Test
  void nestedAnnotatedTagsArePeeledAndTheTagOfATreeIsRefused() throws Exception {
    String first = commit("one");
    git(repository, "tag", "-a", "-m", "inner", "inner");
    git(repository, "tag", "-a", "-m", "outer", "v1.0.0", "inner");
    git(repository, "tag", "v1.0.1", git(repository, "rev-parse", "HEAD^{tree}"));
    String head = commit("two");

    try (SideBySide git = SideBySide.of(repository)) {
      assertThat(git.base(Optional.empty(), head, NEXT)).contains(new SideBySide.Base("v1.0.0", first));
      refused(git, "v1.0.1", head, "names no commit");
    }
  }

  @Test
  void directoryWithoutGitAndRepositoryWithoutCommitAreRefused() {
    assertThatThrownBy(() -> SideBySide.of(temp)).isInstanceOf(Refusal.class).hasMessageContaining("in no git repository");
    try (SideBySide git = SideBySide.of(repository)) {
      assertThatThrownBy(git::head).isInstanceOf(Refusal.class).hasMessageContaining("no commit yet");
    }
  }

  private static void refused(SideBySide git, String tag, String head, String message) {
    assertThatThrownBy(() -> git.base(Optional.of(tag), head, NEXT)).isInstanceOf(Refusal.class).hasMessageContaining(message);
  }

  private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> argv = new java.util.ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out.strip();
  }
}
