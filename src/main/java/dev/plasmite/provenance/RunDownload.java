package dev.plasmite.provenance;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.Shown;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.RunArtifact;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the artifacts of a build run into a directory that only its owner can enter: every zip file has the digest that
 * GitHub states, and is unpacked without trust. A zip file that is there already with that digest is not fetched again.
 */
final class RunDownload {

  private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final GitHubBuilds github;
  private final Path directory;
  private final Progress progress;

  /**
   * @param directory is made, or taken over: what is in it may be removed
   */
  RunDownload(GitHubBuilds github, Path directory, Progress progress) {
    this.github = github;
    this.directory = directory;
    this.progress = progress;
  }

  /** Where the files lie after {@link #fetch}. */
  static Path set(Path directory) {
    return directory.resolve("set");
  }

  /**
   * Fetches and unpacks.
   *
   * @param only name of the one artifact that is wanted; empty for all of the run
   * @return the directory with all files of all artifacts
   * @throws Refusal with all that is wrong with the list, or with what the zip files hold
   */
  Path fetch(BuildRun run, Optional<String> only) {
    List<RunArtifact> wanted =
        github.artifacts(run.repository(), run.runId()).stream()
            .filter(artifact -> only.isEmpty() || artifact.name().equals(only.get()))
            .toList();
    demandUsable(wanted, run, only);
    try {
      own(directory);
      List<Path> zips = new ArrayList<>();
      for (RunArtifact artifact : wanted) {
        zips.add(zip(run, artifact));
      }
      Path fresh = directory.resolve("set.part");
      Unpacker.delete(fresh);
      Files.createDirectory(fresh);
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < zips.size(); i++) {
        unpack(wanted.get(i), zips.get(i), fresh, findings);
      }
      if (!findings.isEmpty()) {
        Unpacker.delete(fresh);
        throw new Refusal(findings);
      }
      Path set = set(directory);
      Unpacker.delete(set);
      return Files.move(fresh, set);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write into " + directory, e);
    }
  }

  private static void demandUsable(List<RunArtifact> artifacts, BuildRun run, Optional<String> only) {
    List<Finding> findings = new ArrayList<>();
    if (artifacts.isEmpty()) {
      findings.add(
          at(run, "it has no artifact" + only.map(name -> " named " + Shown.text(name)).orElse(""),
              "upload the staged set in the build run"));
    }
    Set<String> names = new HashSet<>();
    for (RunArtifact artifact : artifacts) {
      String name = "artifact " + Shown.text(artifact.name());
      if (!names.add(artifact.name())) {
        findings.add(at(run, name + " is there twice", "give each a name of its own, and build again"));
      }
      if (artifact.expired()) {
        findings.add(at(run, name + " has expired", "build again: GitHub has thrown it away"));
      }
      if (artifact.sha256().isEmpty()) {
        findings.add(at(run, "GitHub states no digest of " + name, "upload it with actions/upload-artifact v4 or newer"));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  private Path zip(BuildRun run, RunArtifact artifact) throws IOException {
    Path zip = directory.resolve(artifact.sha256() + ".zip");
    if (Files.isRegularFile(zip, LinkOption.NOFOLLOW_LINKS) && Digests.sha256(zip).equals(artifact.sha256())) {
      return zip;
    }
    progress.line("fetching " + artifact.name() + " of run " + run.runId() + ", " + artifact.size() + " bytes");
    String received = github.download(run.repository(), artifact, zip);
    if (!received.equals(artifact.sha256())) {
      Files.delete(zip);
      throw new Refusal(
          at(run, "artifact " + Shown.text(artifact.name()) + " came with sha256 " + received + ", GitHub states "
              + artifact.sha256(), "run it again; if it stays so, build again"));
    }
    return zip;
  }

  private void unpack(RunArtifact artifact, Path zip, Path into, List<Finding> findings) throws IOException {
    Path unpacked = directory.resolve("unpacked");
    Unpacker.delete(unpacked);
    try {
      new Unpacker(ArchiveLimits.usual()).unpack(zip, unpacked);
    } catch (Refusal e) {
      e.findings().forEach(finding -> findings.add(finding.at(Place.file("artifact " + Shown.text(artifact.name())))));
      return;
    }
    Set<String> there = names(into);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(unpacked)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          findings.add(inside(artifact, "it holds a directory, " + Shown.text(name), "upload the files of the staged set alone"));
        } else if (!there.add(name.toLowerCase(Locale.ROOT))) {
          findings.add(inside(artifact, Shown.text(name) + " is in another artifact, too", "merge the platforms' sets in the build run"));
        } else {
          Files.move(file, into.resolve(name));
        }
      }
    }
    Unpacker.delete(unpacked);
  }

  private static Set<String> names(Path directory) throws IOException {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(file -> names.add(file.getFileName().toString().toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  /** Makes the directory its owner's alone before anything is in it. */
  private static void own(Path directory) throws IOException {
    if (!POSIX) {
      Files.createDirectories(directory);
      return;
    }
    var alone = PosixFilePermissions.fromString("rwx------");
    if (Files.isSymbolicLink(directory)) {
      throw new IOException("it is a link");
    }
    Files.createDirectories(directory.getParent());
    if (Files.exists(directory)) {
      Files.setPosixFilePermissions(directory, alone);
    } else {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(alone));
    }
  }

  private static Finding at(BuildRun run, String what, String remedy) {
    return Finding.of(what).at(Place.file("run " + run.runId())).remedy(remedy);
  }

  private static Finding inside(RunArtifact artifact, String what, String remedy) {
    return Finding.of(what).at(Place.file("artifact " + Shown.text(artifact.name()))).remedy(remedy);
  }
}
