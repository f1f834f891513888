package dev.plasmite.provenance;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Resolves a tag to the commit it pins: lightweight, annotated, or annotated over annotated; nothing else. */
final class TagCommit {

  private TagCommit() {}

  /**
   * The commit of a tag.
   *
   * @param repository a work tree or a bare repository
   * @return 40 hex digits
   * @throws Refusal when there is no such tag, or it names no commit
   */
  static String of(Path repository, String tag) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    builder.addCeilingDirectory(repository.toFile().getParentFile()).findGitDir(repository.toFile());
    if (builder.getGitDir() == null) {
      builder.setGitDir(repository.toFile());
    }
    try (Repository git = builder.build();
        RevWalk walk = new RevWalk(git)) {
      Ref ref = git.exactRef(Constants.R_TAGS + tag);
      if (ref == null || ref.getObjectId() == null) {
        throw new Refusal(
            Finding.of("there is no tag " + tag + " in " + repository)
                .at(Place.file(tag))
                .remedy("mvn plasmite:tag, once all gates before it have passed"));
      }
      RevObject end = walk.peel(walk.parseAny(ref.getObjectId()));
      if (!(end instanceof RevCommit)) {
        throw new Refusal(
            Finding.of("the tag names a " + Constants.typeString(end.getType()) + ", not a commit")
                .at(Place.file(tag))
                .remedy("delete that tag and tag the release commit"));
      }
      return end.getName();
    } catch (RepositoryNotFoundException e) {
      throw new Refusal(
          Finding.of("no git repository").at(Place.file(repository.toString())).remedy("run it in the product's clone"));
    } catch (MissingObjectException e) {
      throw new Refusal(
          Finding.of("the object of the tag is missing: " + e.getMessage())
              .at(Place.file(tag))
              .remedy("git fetch --force origin tag " + tag));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the git repository " + repository, e);
    }
  }
}
