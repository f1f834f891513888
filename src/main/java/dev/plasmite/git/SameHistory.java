package dev.plasmite.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefWriter;
import org.eclipse.jgit.lib.Repository;

/**
 * Gives a checkout the history that the original has, for builds that ask git which version this is ({@code git
 * describe}, setuptools-scm, vergen): the same tags, and the same end of it where the original is a shallow clone.
 */
final class SameHistory {

  private final Repository original;

  SameHistory(Repository original) {
    this.original = original;
  }

  /** Writes the tags and the shallow commits of the original into the .git of a checkout that borrows its objects. */
  void copy(Path git) throws IOException {
    List<Ref> tags = new ArrayList<>();
    for (Ref tag : original.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
      try {
        tags.add(packed(original.getRefDatabase().peel(tag)));
      } catch (MissingObjectException e) {
        continue; // a shallow clone may have the name of a tag without its object, of which git would only complain
      }
    }
    new RefWriter(tags) {
      @Override
      protected void writeFile(String file, byte[] content) throws IOException {
        Files.write(git.resolve(file), content);
      }
    }.writePackedRefs();
    Path shallow = common().resolve("shallow");
    if (Files.isRegularFile(shallow)) {
      Files.copy(shallow, git.resolve("shallow"));
    }
  }

  private static Ref packed(Ref tag) {
    ObjectId commit = tag.getPeeledObjectId();
    return commit == null
        ? new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, tag.getName(), tag.getObjectId())
        : new ObjectIdRef.PeeledTag(Ref.Storage.PACKED, tag.getName(), tag.getObjectId(), commit);
  }

  private Path common() {
    File common = original.getCommonDirectory();
    return (common == null ? original.getDirectory() : common).toPath();
  }
}
