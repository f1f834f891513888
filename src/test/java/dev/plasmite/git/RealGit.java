package dev.plasmite.git;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The git client, to make repositories with and to check answers against; it sees no settings of this machine. */
public record RealGit(Path directory) {

  /** A new repository with the branch main and no commit. */
  public static RealGit init(Path directory) throws IOException {
    Files.createDirectories(directory);
    RealGit git = new RealGit(directory);
    git.run("init", "-q", "-b", "main");
    return git;
  }

  /** A new repository with one commit, and a bare origin beside it that has it. */
  public static RealGit withOrigin(Path parent) throws IOException {
    RealGit git = init(parent.resolve("work"));
    git.write("README.md", "hello\n");
    git.commit("first");
    new RealGit(parent).run("init", "-q", "--bare", "-b", "main", "origin.git");
    new RealGit(parent.resolve("origin.git")).run("config", "receive.autogc", "false");
    git.run("remote", "add", "origin", parent.resolve("origin.git").toString());
    git.run("push", "-q", "-u", "origin", "main");
    return git;
  }

  /** Runs git, which must succeed, and says what it printed. */
  public String run(String... arguments) {
    Exit exit = attempt(arguments);
    if (!exit.ok()) {
      throw new AssertionError("git " + String.join(" ", arguments) + ": " + exit.tail(20));
    }
    return exit.out().stripTrailing();
  }

  /** Runs git, which may fail. */
  public Exit attempt(String... arguments) {
    // Newer gits tidy up in the background, after a command has ended: a test would find that, or not.
    List<String> argv = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always", "-c", "maintenance.auto=false", "-c", "gc.auto=0"));
    argv.addAll(List.of(arguments));
    return new Processes(Redactor.NONE)
        .run(
            Command.of(directory, argv)
                .with(
                    Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", directory.toString(),
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Test",
                        "GIT_AUTHOR_EMAIL", "test@example.org",
                        "GIT_COMMITTER_NAME", "Test",
                        "GIT_COMMITTER_EMAIL", "test@example.org"))
                .within(Duration.ofMinutes(10)));
  }

  /** Writes a file of the work tree. */
  public void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Commits all there is, and says the commit's id. */
  public String commit(String message) {
    run("add", "-A");
    run("commit", "-q", "--allow-empty", "-m", message);
    return head();
  }

  /** The commit that is checked out. */
  public String head() {
    return run("rev-parse", "HEAD");
  }
}
