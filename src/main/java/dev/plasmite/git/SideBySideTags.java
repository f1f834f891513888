package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds the release tag that a candidate is compared with. */
final class SideBySideTags {

  private final Repository repository;

  SideBySideTags(Repository repository) {
    this.repository = repository;
  }

  Optional<SideBySide.Base> base(Optional<String> wanted, String commit, SemVer version) {
    return wanted.isPresent() ? Optional.of(named(wanted.get(), commit, "<baseTag>")) : newest(commit, version);
  }

  SideBySide.Base named(String tag, String commit, String parameter) {
    try (RevWalk walk = new RevWalk(repository)) {
      Ref ref = repository.getRefDatabase().exactRef(Constants.R_TAGS + tag);
      if (ref == null) {
        String meant = meant(tag);
        throw meant.isEmpty()
            ? refused(parameter, "there is no tag " + tag, "fetch it: " + fetch() + ", or set " + parameter + " to another")
            : refused(parameter, "there is no tag " + tag + ", but there is " + meant, "set " + parameter + " to " + meant);
      }
      RevCommit at = peeled(walk, ref.getObjectId());
      if (at == null) {
        throw refused(parameter, "tag " + tag + " names no commit" + (shallow() ? " that this shallow clone has" : ""),
            shallow() ? fetch() : "set " + parameter + " to the tag of a release");
      }
      if (at.name().equals(commit)) {
        throw refused(
            parameter, "tag " + tag + " is the candidate's own commit, so there is nothing to compare",
            "set " + parameter + " to the release before it");
      }
      if (!ancestor(walk, at, commit)) {
        String what = "tag " + tag + " is no ancestor of the candidate " + commit.substring(0, 10);
        throw shallow()
            ? refused(parameter, what + ", as far as this clone goes back: it is shallow", fetch())
            : refused(parameter, what, "set " + parameter + " to a release that the candidate descends from");
      }
      return new SideBySide.Base(tag, at.name());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the tag " + tag, e);
    }
  }

  private Optional<SideBySide.Base> newest(String commit, SemVer version) {
    record Release(SemVer version, String tag, ObjectId id) {}
    try (RevWalk walk = new RevWalk(repository)) {
      List<Release> releases = new ArrayList<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        String tag = ref.getName().substring(Constants.R_TAGS.length());
        SemVer.ofTag(tag)
            .filter(v -> v.compareTo(version) != 0)
            .ifPresent(v -> releases.add(new Release(v, tag, ref.getObjectId())));
      }
      Comparator<Release> finalFirst = Comparator.comparing(r -> !version.isPrerelease() && r.version().isPrerelease());
      releases.sort(finalFirst.thenComparing(Comparator.comparing(Release::version).reversed()));
      for (Release release : releases) {
        RevCommit at = peeled(walk, release.id());
        if (at != null && !at.name().equals(commit) && ancestor(walk, at, commit)) {
          return Optional.of(new SideBySide.Base(release.tag(), at.name()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the tags of " + repository.getDirectory(), e);
    }
  }

  /** The commit a tag ends at, through any number of annotated tags; null when it is no commit. */
  private static RevCommit peeled(RevWalk walk, ObjectId tag) throws IOException {
    try {
      return walk.parseCommit(tag);
    } catch (IncorrectObjectTypeException | MissingObjectException e) {
      return null; // a tag of a tree or blob, or of a commit that a shallow clone does not have
    }
  }

  private static boolean ancestor(RevWalk walk, RevCommit base, String commit) throws IOException {
    return walk.isMergedInto(base, walk.parseCommit(ObjectId.fromString(commit)));
  }

  /** Whether the history ends before its beginning. */
  boolean shallow() throws IOException {
    return !repository.getObjectDatabase().getShallowCommits().isEmpty();
  }

  private String fetch() throws IOException {
    return shallow() ? "git fetch --unshallow --tags" : "git fetch --tags";
  }

  /** The tag that was probably meant: with or without its v, or without refs/tags before it; empty when there is none. */
  private String meant(String tag) throws IOException {
    String name = tag.strip().replaceFirst("^(refs/)?tags/", "");
    for (String other : List.of(name, "v" + name, name.replaceFirst("^[vV]", ""), "v" + name.replaceFirst("^[vV]", ""))) {
      if (Repository.isValidRefName(Constants.R_TAGS + other)
          && repository.getRefDatabase().exactRef(Constants.R_TAGS + other) != null) {
        return other;
      }
    }
    return "";
  }

  private static Refusal refused(String parameter, String what, String remedy) {
    return new Refusal(Finding.of(what).at(Place.file(parameter)).remedy(remedy));
  }
}
