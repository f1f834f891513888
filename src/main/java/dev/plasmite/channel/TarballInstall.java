package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs a tarball as a user does who has only tar: unpacks it and runs what is in it. */
final class TarballInstall {

  private final Workbench bench;
  private final ChannelPlan plan;

  TarballInstall(Workbench bench, ChannelPlan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  /** Whether a file's name says that it is for this machine, in any of the usual spellings. */
  boolean isForThisPlatform(String file) {
    return FilePlatform.of(file).filter(FilePlatform.here()::equals).isPresent();
  }

  /**
   * Unpacks a tarball and runs the smoke command in it.
   *
   * @param how what is done, as shown to people
   * @param directory an empty directory
   */
  Installation install(String how, Path tarball, Path directory) {
    Path root = directory.resolve("unpacked");
    try {
      new Unpacker(ArchiveLimits.usual()).unpack(tarball, root);
    } catch (Refusal e) {
      return new Installation(how, new Exit(1, "", String.valueOf(e.getMessage()), false), List.of(), Optional.empty());
    }
    Path top = top(root);
    Exit unpacked = new Exit(0, "", "", false);
    Optional<Exit> smoke =
        plan.smoke().map(command -> Smoke.run(bench, top, directory, CommandLine.split(command)));
    return new Installation(how, unpacked, List.of(), smoke);
  }

  /** Tarballs often hold one directory that holds everything. */
  private static Path top(Path root) {
    try (Stream<Path> children = Files.list(root)) {
      List<Path> all = children.toList();
      return all.size() == 1 && Files.isDirectory(all.get(0)) && !all.get(0).endsWith("bin") ? all.get(0) : root;
    } catch (IOException e) {
      throw new OutsideFailure("cannot read what was unpacked", e);
    }
  }
}
