package dev.plasmite.mojo;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.GitRepository;
import dev.plasmite.staging.SdkPacker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Packs a directory as an SDK tarball: the same files give the same bytes, on any day, for any user.
 *
 * @since 0.1.0
 */
@Mojo(name = "pack-sdk", requiresProject = false, aggregator = true, threadSafe = true)
public final class PackSdkMojo extends StagingToolMojo {

  /**
   * What is packed: the directory that holds bin, include and lib.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.sdk.directory", required = true)
  private File directory;

  /**
   * The tarball, replaced when it is there.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.sdk.tarball", required = true)
  private File tarball;

  /**
   * What the members' times say, in ISO 8601: 2026-01-31T12:00:00Z. By default the time of the commit that is checked out.
   *
   * @since 0.1.0
   */
  @Parameter(property = "plasmite.sdk.time")
  private String time;

  @Override
  void work() {
    Path from = absolute(directory);
    Path to = absolute(tarball);
    if (!Files.isDirectory(from)) {
      throw new Refusal(Finding.of("no such directory").at(Place.file(from.toString())).remedy("build the SDK first, or correct -Dplasmite.sdk.directory"));
    }
    if (to.startsWith(from)) {
      throw new Refusal(Finding.of("the tarball would lie in what is packed").at(Place.file(to.toString())).remedy("put it elsewhere: -Dplasmite.sdk.tarball"));
    }
    new SdkPacker(when()).pack(from, to);
    try {
      getLog().info(Digests.sha256(to) + "  " + to.getFileName() + "  " + Files.size(to) + " bytes");
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + to, e);
    }
  }

  private Instant when() {
    if (time != null) {
      try {
        return OffsetDateTime.parse(time).toInstant();
      } catch (DateTimeParseException e) {
        throw new Refusal(Finding.of("'" + time + "' is no time").remedy("-Dplasmite.sdk.time=2026-01-31T12:00:00Z"));
      }
    }
    try (GitRepository git = GitRepository.open(directory())) {
      Optional<String> commit = git.head().commit();
      return git.commit(commit.orElseThrow(() -> new Refusal(Finding.of("the repository has no commit yet").remedy("-Dplasmite.sdk.time=2026-01-31T12:00:00Z"))))
          .time()
          .toInstant();
    }
  }
}
