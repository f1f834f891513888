package dev.plasmite.provenance;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The commit that a tag pins: lightweight, annotated, or annotated over annotated; nothing else.
 *
 * @param commit 40 hex digits
 * @param file the content of the wanted file in that commit; empty when it has none, or none was wanted
 */
record TaggedCommit(String commit, Optional<byte[]> file) {

  private static final int MOST = 1 << 20;

  /**
   * Resolves a tag.
   *
   * @param directory a work tree or a bare repository
   * @param wanted path of a file to read from the commit, with {@code /}; empty for none
   * @throws Refusal when there is no such tag, or it names no commit
   */
  static TaggedCommit of(Path directory, String tag, Optional<String> wanted) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    builder.addCeilingDirectory(directory.toFile().getParentFile()).findGitDir(directory.toFile());
    if (builder.getGitDir() == null) {
      builder.setGitDir(directory.toFile());
    }
    try (Repository git = builder.build();
        RevWalk walk = new RevWalk(git)) {
      Ref ref = git.exactRef(Constants.R_TAGS + tag);
      if (ref == null || ref.getObjectId() == null) {
        throw new Refusal(
            Finding.of("there is no tag " + tag + " in " + directory)
                .at(Place.file(tag))
                .remedy("mvn plasmite:tag, once all gates before it have passed"));
      }
      RevObject end = walk.peel(walk.parseAny(ref.getObjectId()));
      if (!(end instanceof RevCommit commit)) {
        throw new Refusal(
            Finding.of("the tag names a " + Constants.typeString(end.getType()) + ", not a commit")
                .at(Place.file(tag))
                .remedy("delete that tag and tag the release commit"));
      }
      Optional<byte[]> file = wanted.isEmpty() ? Optional.empty() : read(git, commit, wanted.get());
      return new TaggedCommit(commit.name(), file);
    } catch (RepositoryNotFoundException e) {
      throw new Refusal(
          Finding.of("no git repository").at(Place.file(directory.toString())).remedy("run it in the product's clone"));
    } catch (MissingObjectException e) {
      throw new Refusal(
          Finding.of("the object of the tag is missing: " + e.getMessage())
              .at(Place.file(tag))
              .remedy("git fetch --force origin tag " + tag));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the git repository " + directory, e);
    }
  }

  private static Optional<byte[]> read(Repository git, RevCommit commit, String path) throws IOException {
    try (TreeWalk tree = TreeWalk.forPath(git, path, commit.getTree())) {
      return tree == null ? Optional.empty() : Optional.of(git.open(tree.getObjectId(0), Constants.OBJ_BLOB).getBytes(MOST));
    } catch (LargeObjectException e) {
      throw new Refusal(Finding.of("larger than " + MOST + " bytes").at(Place.file(path)).remedy("make it smaller"));
    }
  }
}
