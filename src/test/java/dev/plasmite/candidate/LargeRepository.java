package dev.plasmite.candidate;

import dev.plasmite.git.RealGit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;

/** Makes a repository of many files and many commits through {@code git fast-import}, with an origin that has it all. */
final class LargeRepository {

  private LargeRepository() {}

  /**
   * A clean candidate for version 1.2.0: the last commit, pushed, with its changelog and three manifests.
   *
   * @param parent directory that gets {@code work} and {@code origin.git}
   * @param files how many files, 100 in a directory
   * @param commits how many commits; each but the first changes one file
   * @return the work tree
   */
  static Path make(Path parent, int files, int commits) throws IOException, InterruptedException {
    RealGit git = RealGit.init(parent.resolve("work"));
    Process load =
        new ProcessBuilder("git", "fast-import", "--quiet")
            .directory(git.directory().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long time = 1_700_000_000L;
    try (OutputStream out = new BufferedOutputStream(load.getOutputStream(), 1 << 16)) {
      for (int commit = 0; commit < commits; commit++) {
        text(out, "commit refs/heads/main\ncommitter Test <test@example.org> " + (time + commit * 60L) + " +0000\n");
        data(out, "commit " + commit);
        if (commit == 0) {
          for (int file = 0; file < files; file++) {
            modify(out, path(file), "file " + file + "\n" + "content\n".repeat(file % 40));
          }
          modify(out, ".gitignore", "/target/\n*.log\n");
          modify(out, "Cargo.toml", "[package]\nname = \"lantern\"\nversion = \"1.2.0\"\n");
          modify(out, "package.json", "{\"name\": \"lantern\", \"version\": \"1.2.0\"}\n");
          modify(out, "pyproject.toml", "[project]\nname = \"lantern\"\nversion = \"1.2.0\"\n");
        } else {
          int file = (int) (commit * 7919L % files);
          modify(out, path(file), "file " + file + " at " + commit + "\n");
        }
        if (commit == commits - 1) {
          modify(
              out,
              "CHANGELOG.md",
              "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - " + LocalDate.now() + "\n\n- A lamp.\n");
        }
      }
    }
    if (load.waitFor() != 0) {
      throw new IOException("git fast-import failed");
    }
    git.run("reset", "-q", "--hard", "main");
    git.run("tag", "-a", "v1.1.0", "-m", "x", "main~100");
    for (int release = 0; release < 50; release++) {
      git.run("tag", "-a", "v0." + release + ".0", "-m", "x", "main~" + Math.min(commits - 2, 200 + release * 100));
    }
    new RealGit(parent).run("clone", "-q", "--bare", "work", "origin.git");
    git.run("remote", "add", "origin", parent.resolve("origin.git").toString());
    git.run("fetch", "-q", "origin");
    git.run("branch", "-q", "-u", "origin/main");
    return git.directory();
  }

  private static String path(int file) {
    return "src/module" + file / 2000 + "/part" + file / 100 % 20 + "/file" + file + ".txt";
  }

  private static void modify(OutputStream out, String path, String content) throws IOException {
    text(out, "M 100644 inline " + path + "\n");
    data(out, content);
  }

  private static void data(OutputStream out, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    text(out, "data " + bytes.length + "\n");
    out.write(bytes);
    out.write('\n');
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
