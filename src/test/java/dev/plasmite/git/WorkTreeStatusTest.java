package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status of work trees that were changed in many ways at once, against what the git client says. */
class WorkTreeStatusTest {

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithTheGitClientAfterRandomChanges(long seed) throws Exception {
    Random random = new Random(seed);
    RealGit git = RealGit.init(dir.resolve("work"));
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String path = "d" + random.nextInt(4) + "/" + (random.nextBoolean() ? "e" + random.nextInt(3) + "/" : "") + "f" + i;
      paths.add(path);
      git.write(path, "content " + i + "\n");
    }
    git.write(".gitignore", "*.log\nbuild/\n");
    git.write("d0/.gitignore", "!keep.log\nlocal\n");
    git.write("with blank \u00e9", "x\n");
    Files.createSymbolicLink(git.directory().resolve("link"), Path.of("d0"));
    git.commit("first");
    if (random.nextBoolean()) {
      age(git); // so that nothing is racy and time and size alone decide
    }
    for (int step = 0; step < 12; step++) {
      change(git, random, paths);
      if (step % 4 == 3) {
        try (GitRepository repository = GitRepository.open(git.directory())) {
          WorkTreeStatus status = repository.status();
          SortedSet<String> ours = new TreeSet<>(status.notCommitted());
          ours.addAll(status.untracked());
          assertThat(ours).as("seed " + seed + ", step " + step).isEqualTo(theirs(git));
        }
      }
    }
  }

  @Test
  void aFileWithTheSizeAndTimeOfTheIndexIsComparedWhenTheIndexIsAsYoung() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("file", "one\n");
    git.commit("first");
    Path file = git.directory().resolve("file");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "two\n");
    Files.setLastModifiedTime(file, time);
    Files.setLastModifiedTime(git.directory().resolve(".git/index"), time);
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().modified()).containsExactly("file");
    }
  }

  @Test
  void aDirectoryThatIsNowALinkToItsTwinIsFound() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("d/file", "one\n");
    git.commit("first");
    age(git);
    Files.move(git.directory().resolve("d"), dir.resolve("twin"));
    Files.createSymbolicLink(git.directory().resolve("d"), dir.resolve("twin"));
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isFalse();
      assertThat(git.run("status", "--porcelain")).isNotEmpty();
    }
  }

  @Test
  void aStagedDeletionOfAFileThatIsStillThereIsBoth() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("d/file", "one\n");
    git.write("other", "one\n");
    git.commit("first");
    git.run("rm", "-q", "--cached", "d/file");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().staged()).containsExactly("d/file");
      assertThat(repository.status().untracked()).containsExactly("d/file");
    }
  }

  @Test
  void lineEndsThatGitConvertsAreNoChange() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write(".gitattributes", "* text=auto eol=crlf\n");
    git.write("file", "one\r\ntwo\r\n");
    git.commit("first");
    age(git);
    Files.setLastModifiedTime(git.directory().resolve("file"), FileTime.from(Instant.now()));
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isTrue();
      assertThat(git.run("status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void manyChangesAreAllFound() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("file", "one\n");
    git.commit("first");
    for (int i = 0; i < 2100; i++) {
      Files.writeString(git.directory().resolve("new" + i), "x");
    }
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().untracked()).hasSize(2100);
    }
  }

  @Test
  void aRepositoryInARepositoryIsUntracked() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("file", "one\n");
    git.commit("first");
    RealGit inner = RealGit.init(git.directory().resolve("inner"));
    inner.write("x", "x");
    inner.commit("inner");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isFalse();
      assertThat(repository.status().untracked()).anyMatch(p -> p.startsWith("inner"));
    }
  }

  private static void change(RealGit git, Random random, List<String> paths) throws IOException {
    Path root = git.directory();
    String path = paths.get(random.nextInt(paths.size()));
    Path file = root.resolve(path);
    switch (random.nextInt(14)) {
      case 0 -> write(file, "changed " + random.nextInt() + "\n");
      case 1 -> Files.deleteIfExists(file);
      case 2 -> {
        if (Files.isRegularFile(file)) {
          file.toFile().setExecutable(true);
        }
      }
      case 3 -> write(root.resolve("d" + random.nextInt(4)).resolve("new" + random.nextInt(9)), "x");
      case 4 -> write(root.resolve("build/out" + random.nextInt(3)), "x");
      case 5 -> write(root.resolve("d" + random.nextInt(2) + "/keep.log"), "x");
      case 6 -> write(root.resolve("d0/local"), "x");
      case 7 -> write(root.resolve("fresh" + random.nextInt(3) + "/deep/er.txt"), "x");
      case 8 -> git.attempt("add", "-A", "--", path);
      case 9 -> git.attempt("rm", "-q", "--cached", "--ignore-unmatch", path);
      case 10 -> {
        if (Files.isRegularFile(file)) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
      }
      case 11 -> { // a directory where a file was
        Files.deleteIfExists(file);
        write(file.resolve("inside"), "x");
        paths.remove(path);
      }
      case 12 -> { // a link where a file was
        Files.deleteIfExists(file);
        if (Files.isDirectory(file.getParent())) {
          Files.createSymbolicLink(file, Path.of("nowhere"));
        }
        paths.remove(path);
      }
      default -> { // a file where a directory was
        Path directory = root.resolve("d3");
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          try (var inside = Files.walk(directory)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(each);
            }
          }
          Files.writeString(directory, "a file now\n");
          paths.removeIf(p -> p.startsWith("d3/"));
        }
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    for (Path parent = file.getParent(); parent != null; parent = parent.getParent()) {
      if (Files.isRegularFile(parent)) {
        return; // an earlier step put a file there
      }
    }
    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  private static void age(RealGit git) throws IOException {
    try (var files = Files.walk(git.directory())) {
      for (Path file : files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        if (!file.startsWith(git.directory().resolve(".git"))) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
        }
      }
    }
    git.run("update-index", "-q", "--refresh");
  }

  private static SortedSet<String> theirs(RealGit git) {
    SortedSet<String> paths = new TreeSet<>();
    for (String entry : git.run("-c", "core.quotePath=false", "status", "--porcelain", "-z", "-uall", "--no-renames").split("\0")) {
      if (entry.length() > 3) {
        paths.add(entry.substring(3));
      }
    }
    return paths;
  }

  @ParameterizedTest
  @ValueSource(strings = {"split", "sparse"})
  void anIndexOfAFormThatCannotBeReadIsRefusedWithTheCommandThatMendsIt(String form) throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write("d/file", "one\n");
    git.write("e/file", "two\n");
    git.commit("first");
    if (form.equals("split")) {
      git.run("update-index", "--split-index");
    } else {
      git.run("sparse-checkout", "init", "--cone", "--sparse-index");
      git.run("sparse-checkout", "set", "d");
    }
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThatThrownBy(repository::status)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("git's index is kept " + form)
          .hasMessageContaining(form.equals("split") ? "git update-index --no-split-index" : "git sparse-checkout reapply --no-sparse-index");
      assertThatThrownBy(() -> TrackedFiles.of(git.directory())).isInstanceOf(Refusal.class).hasMessageContaining("kept " + form);
      if (form.equals("split")) {
        git.run("update-index", "--no-split-index");
      } else {
        git.run("sparse-checkout", "reapply", "--no-sparse-index");
      }
      assertThat(repository.status().clean()).isTrue();
    }
  }

  @Test
  void whatIsIgnoredBesideTrackedFilesIsNoChangeAndWhatIsNotIs() throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write(".gitignore", "/target/\n*.log\n");
    git.write("d/file", "one\n");
    git.commit("first");
    git.write("target/classes/a", "x\n");
    git.write("d/some.log", "x\n");
    git.write("logs/only.log", "a directory that is not ignored, with nothing but ignored files\n");
    age(git);
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isTrue();
      git.write("logs/other", "x\n");
      assertThat(repository.status().untracked()).containsExactly("logs/other");
      Files.delete(git.directory().resolve("logs/other"));
      // The number of names in the directory stays what it was.
      Files.move(git.directory().resolve("d/file"), git.directory().resolve("d/moved"));
      assertThat(repository.status().untracked()).containsExactly("d/moved");
      assertThat(repository.status().modified()).containsExactly("d/file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
  void aChangeThatTheIndexHidesIsFoundAndOneThatIsNoneIsNot(String mark) throws Exception {
    RealGit git = RealGit.init(dir.resolve("work"));
    git.write(".gitattributes", "lines text eol=crlf\n");
    git.write("file", "one\n");
    git.write("lines", "one\n");
    git.write("gone", "one\n");
    git.commit("first");
    git.write("lines", "one\r\n");
    git.run("update-index", mark, "file", "lines", "gone");
    try (GitRepository repository = GitRepository.open(git.directory())) {
      assertThat(repository.status().clean()).isTrue();
      git.write("file", "two\n");
      Files.delete(git.directory().resolve("gone"));
      assertThat(theirs(git)).as("git itself says nothing").isEmpty();
      WorkTreeStatus status = repository.status();
      assertThat(status.clean()).isFalse();
      // A file that a sparse checkout leaves out is not there either.
      assertThat(status.hidden()).isEqualTo(new TreeSet<>(mark.equals("--skip-worktree") ? List.of("file") : List.of("file", "gone")));
    }
  }

  @Test
  void whatTheTrainItselfLeavesIsNoPartOfTheProduct() {
    Path root = Path.of("product").toAbsolutePath();
    WorkTreeStatus status =
        new WorkTreeStatus(
            new TreeSet<>(), new TreeSet<>(List.of("target/plasmite/sandbox/tracked")), new TreeSet<>(),
            new TreeSet<>(List.of("new.txt", "target/plasmite/sandbox/lock", "target/plasmite/sandboxed", "target/plasmite/report.html")), new TreeSet<>(), Optional.empty());
    WorkTreeStatus without = status.without(root, List.of(root, root.resolve("target/plasmite/sandbox"), root.resolve("target/plasmite/report.html"), root.getParent()));
    assertThat(without.untracked()).containsExactly("new.txt", "target/plasmite/sandboxed");
    assertThat(without.modified()).as("a tracked file that differs is a difference wherever it is").isNotEmpty();
  }
}
