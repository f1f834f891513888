package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Whether a tarball is for this machine, by its platform in the release or, without one, by its name. */
  static boolean isForThisPlatform(Artifact tarball) {
    return FilePlatform.mayRunHere(tarball.platform().orElse(tarball.file()));
  }

  /** Why tarballs are left out when the others are run here, by their names. */
  static Map<String, String> leftOut(List<Artifact> tarballs) {
    Map<String, String> leftOut = new LinkedHashMap<>();
    tarballs.stream()
        .filter(tarball -> !isForThisPlatform(tarball))
        .forEach(tarball -> leftOut.put(tarball.file(), "it is for another platform than " + FilePlatform.here()));
    return leftOut;
  }

  /**
   * Unpacks a tarball and runs the smoke command in it; other bytes than were staged are not even unpacked.
   *
   * @param with what it stands for in a word
   * @param how what is done, as shown to people
   * @param file what was downloaded
   * @param received its digest beside the staged one
   * @param directory an empty directory
   */
  Installation install(String with, String how, Path file, Delivered received, Path directory) {
    Exit unpacked = new Exit(0, "", "", false);
    if (!received.sha256().equals(received.staged())) {
      return new Installation(with, how, unpacked, List.of(received), Optional.empty());
    }
    Path root = directory.resolve("unpacked");
    try {
      new Unpacker(ArchiveLimits.usual()).unpack(file, root);
    } catch (Refusal e) {
      return Installation.failed(with, how, new Exit(1, "", String.valueOf(e.getMessage()), false));
    }
    Path top = top(root);
    Optional<Exit> smoke =
        plan.smoke().map(command -> Smoke.run(bench, top, directory, CommandLine.split(command)));
    return new Installation(with, how, unpacked, List.of(received), smoke);
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
