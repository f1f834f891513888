package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** The local tags, each followed to what it names. */
final class Tags {

  private final Repository repository;

  Tags(Repository repository) {
    this.repository = repository;
  }

  List<Tag> all() throws IOException {
    List<Tag> tags = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        tags.add(read(walk, ref));
      }
    }
    return List.copyOf(tags);
  }

  Optional<Tag> named(String name) throws IOException {
    Ref ref = repository.getRefDatabase().exactRef(Constants.R_TAGS + name);
    if (ref == null) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      return Optional.of(read(walk, ref));
    }
  }

  /** The newest version first; tags that are no versions are not among them, and not looked into. */
  List<ReleaseTag> releases() throws IOException {
    List<ReleaseTag> releases = new ArrayList<>();
    List<Finding> wrong = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
        String name = ref.getName().substring(Constants.R_TAGS.length());
        Optional<SemVer> version = SemVer.ofTag(name);
        if (version.isEmpty()) {
          continue;
        }
        Tag tag = read(walk, ref);
        if (tag.commit().isPresent()) {
          releases.add(new ReleaseTag(name, version.get(), tag.commit().get(), tag.annotated()));
        } else {
          wrong.add(
              Finding.of("tag " + name + " names a " + tag.kind() + ", not a commit")
                  .at(Place.file("refs/tags/" + name))
                  .remedy("delete it (git tag -d " + name + "), or rename it"));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
    releases.sort(Comparator.comparing(ReleaseTag::version).reversed().thenComparing(ReleaseTag::name));
    return List.copyOf(releases);
  }

  Optional<ReleaseTag> newestBefore(ObjectId commit) throws IOException {
    List<ReleaseTag> releases = releases();
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit tip = walk.parseCommit(commit);
      for (ReleaseTag release : releases) {
        RevCommit tagged = walk.parseCommit(ObjectId.fromString(release.commit()));
        if (!tagged.equals(tip) && walk.isMergedInto(tagged, tip)) {
          return Optional.of(release);
        }
      }
    }
    return Optional.empty();
  }

  private static Tag read(RevWalk walk, Ref ref) throws IOException {
    String name = ref.getName().substring(Constants.R_TAGS.length());
    RevObject direct = walk.parseAny(ref.getObjectId());
    RevObject target = direct;
    while (target instanceof RevTag tag) {
      target = walk.parseAny(tag.getObject());
    }
    return new Tag(
        name,
        direct.name(),
        direct instanceof RevTag,
        Constants.typeString(target.getType()),
        target instanceof RevCommit ? Optional.of(target.name()) : Optional.empty());
  }
}
