package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** The train runs once in a build, in the project at the root. Maven runs a lifecycle in every module, root first. */
final class ExecutionRoot {

  private ExecutionRoot() {}

  /** Whether the current project is the one that the train runs in. */
  static boolean isHere(MavenSession session) {
    demandInSession(session);
    MavenProject current = session.getCurrentProject();
    return current == null || current.isExecutionRoot();
  }

  /**
   * Demands that the train sees the whole repository.
   *
   * @throws Refusal when this is a module's directory of a repository whose root has a POM of its own
   */
  static void demandWhole(MavenSession session, Path directory) {
    try (GitRepository repository = GitRepository.open(directory)) {
      Path root = repository.root();
      boolean atRoot = same(root, directory);
      if (!atRoot && Files.exists(root.resolve("pom.xml"))) {
        throw new Refusal(
            Finding.of("the train runs for the whole repository, and this is a part of it: " + directory)
                .remedy("call it in " + root));
      }
    }
  }

  private static void demandInSession(MavenSession session) {
    if (session.getProjects().stream().noneMatch(MavenProject::isExecutionRoot)) {
      throw new Refusal(
          Finding.of("the root project is not part of this build, so no gate would be checked")
              .remedy("leave -pl and -rf away, or add the root: -pl .,..."));
    }
  }

  private static boolean same(Path a, Path b) {
    try {
      return Files.isSameFile(a, b);
    } catch (java.io.IOException e) {
      return false; // one of them is not there, so they are not the same
    }
  }
}
