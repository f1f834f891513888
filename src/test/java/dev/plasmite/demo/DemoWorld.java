package dev.plasmite.demo;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.tools.Folders;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sample product as its maintainers have it: a repository with releases in its history, the origin that they push
 * to, and the tap that their users install from. Commits have fixed authors and dates.
 *
 * @param directory where all of it is
 * @param repository the maintainers' work tree, on branch {@code main}, in step with its upstream
 * @param origin the bare repository that it was pushed to
 * @param tap the bare repository of the Homebrew tap, which has the formula of the newest release
 */
public record DemoWorld(Path directory, Path repository, Path origin, Path tap) {

  /** The release that the formula in the tap is of. */
  private static final SemVer BASE = SemVer.parse("0.2.0");

  private static final String FIRST = "2026-02-02T09:00:00Z";
  private static final String TAPPED = "2026-04-13T11:00:00Z";
  private static final String MARKER = "lantern-demo.txt";

  /** What a demo leaves in its directory; the next one removes it. */
  private static final List<String> OWN =
      List.of("repository", "origin.git", "tap.git", "tap", "sandbox", "artifacts", "perf", "report.html", "report.json");

  /** What is beside the product in its folder: how to make a world of it, and how to test with it. */
  private static final Set<String> NOT_PRODUCT = Set.of("history", "tap", "target", "invoker.properties", "build.log");

  /**
   * Makes a world, afresh: an earlier one in the same directory is removed, and nothing else.
   *
   * @param directory where to make it; created when it is not there
   * @param sampleFolder the product's folder, {@code src/it/release-train}
   * @param pluginVersion the version of this plugin that the product's POM asks for
   * @throws Refusal when the directory holds things of these names that no demo made
   * @throws OutsideFailure when git or the disk fails
   */
  public static DemoWorld create(Path directory, Path sampleFolder, String pluginVersion) {
    Path home = directory.toAbsolutePath().normalize();
    DemoWorld world =
        new DemoWorld(home, home.resolve("repository"), home.resolve("origin.git"), home.resolve("tap.git"));
    try {
      world.clear();
      world.makeRepository(sampleFolder.toAbsolutePath(), pluginVersion);
      world.makeTap(sampleFolder.resolve("tap").toAbsolutePath());
    } catch (IOException e) {
      throw new OutsideFailure("cannot make the demo in " + home, e);
    }
    return world;
  }

  private void clear() throws IOException {
    Path marker = directory.resolve(MARKER);
    if (!Files.exists(marker)) {
      List<String> foreign = OWN.stream().filter(name -> Files.exists(directory.resolve(name))).toList();
      if (!foreign.isEmpty()) {
        throw new Refusal(
            Finding.of(directory + " holds " + String.join(", ", foreign) + ", which no demo made")
                .remedy("choose another directory, or move them away"));
      }
      Files.createDirectories(directory);
      Files.writeString(marker, "What the demo of plasmite-maven-plugin leaves here, its next run removes.\n");
    }
    for (String name : OWN) {
      Folders.delete(directory.resolve(name));
    }
  }

  private void makeRepository(Path sample, String pluginVersion) throws IOException {
    Folders.copy(sample, repository, path -> NOT_PRODUCT.contains(path.toString()) || isScript(path));
    writePom(pluginVersion);
    DemoGit git = git(repository);
    git.init();
    git.run("clean", "-Xdfq"); // what somebody built in the sample's folder
    git.run("add", "--all");
    git.at(FIRST).run("commit", "--quiet", "--message=Lantern 0.1.0");
    tagRelease(git);
    for (Path patch : patches(sample)) {
      git.run("am", "--quiet", "--committer-date-is-author-date", patch.toString());
      tagRelease(git);
    }
    push(git, origin);
  }

  /** Sets the release tag when the last commit is a release: its subject is the product's name and a version. */
  private static void tagRelease(DemoGit git) {
    String subject = git.run("log", "-1", "--format=%s");
    Optional<SemVer> version = SemVer.tryParse(subject.replaceFirst("^Lantern ", ""));
    if (version.isPresent()) {
      String date = git.run("log", "-1", "--format=%cI");
      git.at(date).run("tag", "--annotate", "--message=" + subject, version.get().tag());
    }
  }

  /** The sample's POM has places for what only this world knows. */
  private void writePom(String pluginVersion) throws IOException {
    Path pom = repository.resolve("pom.xml");
    Path python = DemoTools.python(directory.resolveSibling("tools"));
    String relative = repository.relativize(python).toString().replace('\\', '/');
    String text =
        Files.readString(pom)
            .replace("@project.version@", pluginVersion)
            .replace("@python@", "${project.basedir}/" + relative);
    Files.writeString(pom, text);
  }

  private void makeTap(Path content) throws IOException {
    Path work = directory.resolve("tap");
    Folders.copy(content, work, path -> false);
    Path formula = work.resolve("Formula/lantern.rb");
    String text = Files.readString(formula).replace("@version@", BASE.toString());
    for (String platform : List.of("darwin_arm64", "darwin_amd64", "linux_amd64")) {
      text = text.replace("@sha256." + platform + "@", checksum(platform));
    }
    Files.writeString(formula, text);
    DemoGit git = git(work);
    git.init();
    git.run("add", "--all");
    git.at(TAPPED).run("commit", "--quiet", "--message=lantern " + BASE);
    push(git, tap);
    Folders.delete(work);
  }

  private void push(DemoGit git, Path bare) {
    git(directory).run("init", "--quiet", "--bare", "--initial-branch=main", bare.getFileName().toString());
    git(bare).run("config", "receive.autogc", "false");
    git.run("remote", "add", "origin", "../" + bare.getFileName());
    git.run("push", "--quiet", "--set-upstream", "--follow-tags", "origin", "main");
  }

  /** The tarballs of the release before were never built in this world: a digest of their names stands for them. */
  private static String checksum(String platform) {
    String name = "lantern_" + BASE + "_" + platform + ".tar.gz";
    return Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> patches(Path sample) throws IOException {
    try (Stream<Path> files = Files.list(sample.resolve("history"))) {
      return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
    }
  }

  private static boolean isScript(Path path) {
    return path.getNameCount() == 1 && (path.toString().endsWith(".groovy") || path.toString().endsWith(".bsh"));
  }

  private static DemoGit git(Path directory) {
    return DemoGit.in(directory, new Processes(Redactor.NONE));
  }
}
