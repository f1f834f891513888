package dev.plasmite.alignment;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The tags that name the commit which is checked out, peeled: an annotated tag counts as its commit. */
final class TagAtHead {

  private final Path repository;

  TagAtHead(Path repository) {
    this.repository = repository;
  }

  /** A finding for each {@code v*} tag at HEAD that is not the release tag of a version. */
  List<Finding> disagreeing(SemVer version) {
    List<Finding> findings = new ArrayList<>();
    try (Repository git = new FileRepositoryBuilder().findGitDir(repository.toFile()).build()) {
      ObjectId head = git.resolve(Constants.HEAD);
      for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_TAGS + "v")) {
        Ref peeled = git.getRefDatabase().peel(ref);
        ObjectId commit = peeled.getPeeledObjectId() == null ? ref.getObjectId() : peeled.getPeeledObjectId();
        String tag = ref.getName().substring(Constants.R_TAGS.length());
        if (commit.equals(head) && !tag.equals(version.tag()) && SemVer.ofTag(tag).isPresent()) {
          findings.add(
              Finding.of("tag " + tag + " is at this commit, but the version to be released is " + version + ", whose tag is " + version.tag())
                  .at(Place.file("tag " + tag))
                  .remedy("release " + tag.substring(1) + ", or check out the commit of " + version.tag()));
        }
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the tags of " + repository, e);
    }
    return findings;
  }
}
