package dev.plasmite.manifest;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The versions that the repository's tags name, with or without a leading {@code v}. */
final class ReleasedVersions {

  private final TreeSet<SemVer> versions = new TreeSet<>();

  ReleasedVersions(Path directory) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toAbsolutePath().toFile());
    if (builder.getGitDir() == null) {
      return;
    }
    try (Repository repository = builder.build()) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        String tag = ref.getName().substring(Constants.R_TAGS.length());
        SemVer.tryParse(tag.startsWith("v") ? tag.substring(1) : tag).ifPresent(versions::add);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the tags of " + directory, e);
    }
  }

  /** The newest final releases before a version, the newest first. */
  List<SemVer> before(SemVer version, int atMost) {
    return versions.headSet(version, false).descendingSet().stream().filter(v -> !v.isPrerelease()).limit(atMost).toList();
  }
}
