package dev.plasmite.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
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
    StringBuilder packed = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
    List<Ref> tags = new ArrayList<>(original.getRefDatabase().getRefsByPrefix(Constants.R_TAGS));
    tags.sort(Comparator.comparing(Ref::getName));
    for (Ref tag : tags) {
      try {
        packed.append(lines(original.getRefDatabase().peel(tag)));
      } catch (MissingObjectException e) {
        continue; // a shallow clone may have the name of a tag without its object, of which git would only complain
      }
    }
    Files.writeString(git.resolve("packed-refs"), packed);
    Path shallow = common().resolve("shallow");
    if (Files.isRegularFile(shallow)) {
      Files.copy(shallow, git.resolve("shallow"));
    }
  }

  /** As git packs a ref: its object and name, and below them what an annotated tag ends at (git-pack-refs(1)). */
  private static String lines(Ref tag) {
    ObjectId commit = tag.getPeeledObjectId();
    return tag.getObjectId().name() + " " + tag.getName() + "\n" + (commit == null ? "" : "^" + commit.name() + "\n");
  }

  private Path common() {
    File common = original.getCommonDirectory();
    return (common == null ? original.getDirectory() : common).toPath();
  }
}
