package dev.plasmite.mojo;

import dev.plasmite.gate.Mode;
import dev.plasmite.report.MavenLine;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Activation;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;

/** The command that Maven was called with, without its goals, for the commands that people are told to type next. */
final class MavenCommand {

  private static final String PLUGIN = "dev.plasmite:plasmite-maven-plugin";

  /** What says which release is meant: typed once, it has to be typed in the next command too. */
  private static final List<String> TYPED =
      List.of(
          "plasmite.mode", "plasmite.version", "plasmite.releaseTag", "plasmite.baseTag", "plasmite.releaseBranch",
          "plasmite.changelog", "plasmite.workflow", "plasmite.githubRepository", "plasmite.buildRun", "plasmite.artifacts",
          "plasmite.evidence", "plasmite.sandbox", "plasmite.downloads");

  private MavenCommand() {}

  /**
   * Reads it from the session: {@code mvn -Prelease}. A profile that the phases need and that was not typed is added.
   * Another mode than the sandbox is added to each command by itself.
   *
   * @param version the plugin's
   */
  static MavenLine of(MavenSession session, String version) {
    Optional<MavenProject> project = Optional.ofNullable(session.getCurrentProject()).filter(p -> p.getFile() != null);
    List<String> profiles = new ArrayList<>(session.getRequest().getActiveProfiles());
    Optional<Profile> missing = project.flatMap(MavenCommand::needed).filter(p -> !profiles.contains(p.getId()));
    missing.ifPresent(profile -> profiles.add(profile.getId()));
    StringBuilder command = new StringBuilder("mvn");
    otherPom(session).ifPresent(pom -> command.append(" -f ").append(quoted(pom)));
    if (!profiles.isEmpty()) {
      command.append(" -P").append(String.join(",", profiles));
    }
    for (String name : TYPED) {
      String typed = session.getUserProperties().getProperty(name);
      if (typed != null && (!name.equals("plasmite.mode") || typed.equals(Mode.SANDBOX.id()))) {
        command.append(" -D").append(name).append('=').append(quoted(typed));
      }
    }
    boolean phases = missing.isPresent() || project.filter(p -> isExtension(p.getPlugin(PLUGIN))).isPresent();
    return new MavenLine(command.toString(), prefix(session, project, missing, version), phases);
  }

  /** The profile by which this POM has the train's phases, unless it has them anyway, or the profile is on by itself. */
  private static Optional<Profile> needed(MavenProject project) {
    boolean managed = project.getPluginManagement() != null && isExtension(plugin(project.getPluginManagement()));
    boolean without = chain(project).anyMatch(p -> provides(p.getOriginalModel().getBuild(), managed));
    if (without) {
      return Optional.empty();
    }
    boolean here = isExtension(project.getPlugin(PLUGIN));
    return chain(project)
        .flatMap(p -> p.getOriginalModel().getProfiles().stream())
        .filter(profile -> provides(profile.getBuild(), managed))
        .filter(profile -> !here || isTyped(profile.getActivation()))
        .findFirst();
  }

  /** Whether a profile is on because of what was typed, and so off when it is not typed again. */
  private static boolean isTyped(Activation activation) {
    return activation == null || activation.getProperty() != null;
  }

  private static Stream<MavenProject> chain(MavenProject project) {
    return Stream.iterate(project, p -> p != null, MavenProject::getParent).filter(p -> p.getOriginalModel() != null);
  }

  private static boolean provides(PluginContainer build, boolean managed) {
    Plugin plugin = build == null ? null : plugin(build);
    return plugin != null && (plugin.isExtensions() || managed);
  }

  private static Plugin plugin(PluginContainer container) {
    return container.getPlugins().stream().filter(p -> p.getKey().equals(PLUGIN)).findFirst().orElse(null);
  }

  private static boolean isExtension(Plugin plugin) {
    return plugin != null && plugin.isExtensions();
  }

  /** Coordinates where they were typed and no POM gives the plugin a prefix. */
  private static String prefix(MavenSession session, Optional<MavenProject> project, Optional<Profile> missing, String version) {
    boolean named =
        missing.isPresent()
            || project
                .filter(p -> p.getPlugin(PLUGIN) != null || p.getPluginManagement() != null && plugin(p.getPluginManagement()) != null)
                .isPresent();
    return !named && session.getGoals().stream().anyMatch(goal -> goal.startsWith(PLUGIN + ":")) ? PLUGIN + ":" + version : MavenLine.PREFIX;
  }

  /** The POM that was named with {@code -f}, relative to where Maven was called; empty when it is the one that lies there. */
  private static Optional<String> otherPom(MavenSession session) {
    File pom = session.getRequest().getPom();
    String here = session.getSystemProperties().getProperty("user.dir");
    if (pom == null || here == null) {
      return Optional.empty();
    }
    Path directory = Path.of(here).toAbsolutePath();
    Path file = pom.toPath().toAbsolutePath().normalize();
    return file.equals(directory.resolve("pom.xml").normalize())
        ? Optional.empty()
        : Optional.of(file.getRoot().equals(directory.getRoot()) ? directory.relativize(file).toString() : file.toString());
  }

  private static String quoted(String typed) {
    return typed.matches("[A-Za-z0-9_./:@+-]+") ? typed : "\"" + typed + "\"";
  }
}
