package dev.plasmite.manifest;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The versions that the repository's tags name: {@code v1.2.0}, {@code 1.2.0}, {@code rust-v1.2.0}. */
final class ReleasedVersions {

  private static final Pattern TAG = Pattern.compile("((?:[A-Za-z][A-Za-z0-9_.@/-]*?[-@/_])?)v?([0-9]+\\..*)");

  /** How many commits are looked at for the last release. */
  private static final int DEPTH = 3000;

  private record Tag(String family, SemVer version) {}

  private final Path directory;
  private final TreeSet<SemVer> versions = new TreeSet<>();

  ReleasedVersions(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** The newest final releases before a version, the newest first; only plain tags count, {@code v} or nothing before the version. */
  List<SemVer> before(SemVer version, int atMost) {
    try (Repository repository = open()) {
      if (repository == null) {
        return List.of();
      }
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        Tag tag = tag(ref);
        if (tag != null && tag.family.isEmpty()) {
          versions.add(tag.version);
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return versions.headSet(version, false).descendingSet().stream().filter(v -> !v.isPrerelease()).limit(atMost).toList();
  }

  /** The newest version of each family of tags in the history of the commit that is checked out, as far as it is looked at. */
  List<SemVer> nearest() {
    try (Repository repository = open()) {
      ObjectId head = repository == null ? null : repository.resolve(Constants.HEAD);
      if (head == null) {
        return List.of();
      }
      Map<ObjectId, List<Tag>> tags = new HashMap<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        Tag tag = tag(ref);
        if (tag != null) {
          Ref peeled = repository.getRefDatabase().peel(ref);
          ObjectId commit = peeled.getPeeledObjectId() == null ? ref.getObjectId() : peeled.getPeeledObjectId();
          tags.computeIfAbsent(commit, k -> new ArrayList<>()).add(tag);
        }
      }
      return tags.isEmpty() ? List.of() : nearest(repository, head, tags);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static List<SemVer> nearest(Repository repository, ObjectId head, Map<ObjectId, List<Tag>> tags) throws IOException {
    Map<String, SemVer> newest = new TreeMap<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRetainBody(false);
      walk.markStart(walk.parseCommit(head));
      RevCommit commit = walk.next();
      for (int n = 0; commit != null && n < DEPTH; n++) {
        for (Tag tag : tags.getOrDefault(commit, List.of())) {
          newest.merge(tag.family, tag.version, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        commit = walk.next();
      }
    } catch (MissingObjectException shallow) {
      // A shallow clone ends somewhere; what was seen until there counts.
    }
    return List.copyOf(newest.values());
  }

  private static Tag tag(Ref ref) {
    Matcher m = TAG.matcher(ref.getName().substring(Constants.R_TAGS.length()));
    return m.matches() ? SemVer.tryParse(m.group(2)).map(v -> new Tag(m.group(1), v)).orElse(null) : null;
  }

  private Repository open() throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
    return builder.getGitDir() == null ? null : builder.build();
  }

  private OutsideFailure unreadable(IOException e) {
    return new OutsideFailure("cannot read the tags of " + directory, e);
  }
}
