package dev.plasmite.provenance;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.TagRef;
import java.util.List;
import java.util.Optional;

/**
 * The release tag as GitHub has it now. Tags can be moved: it is asked again before every step that builds on it.
 *
 * @param github GitHub
 * @param repository {@code owner/name}
 * @param tag the release tag
 */
public record TagPin(GitHubBuilds github, String repository, String tag) {

  /**
   * The commit that the tag pins.
   *
   * @throws Refusal when there is no such tag, or it names no commit
   */
  public String commit() {
    Optional<TagRef> ref = github.peeled(repository, tag);
    if (ref.isEmpty()) {
      throw new Refusal(
          Finding.of(repository + " has no tag " + tag + " on GitHub")
              .at(Place.file(tag))
              .remedy("git push origin " + tag + ", once all gates before it have passed"));
    }
    if (!ref.get().type().equals("commit")) {
      throw new Refusal(
          Finding.of("the tag names a " + ref.get().type() + ", not a commit")
              .at(Place.file(tag))
              .remedy("delete that tag and tag the release commit"));
    }
    return ref.get().sha();
  }

  /** What is wrong when the tag must pin a commit: empty as long as it does. */
  public List<Finding> moved(String proven) {
    try {
      String now = commit();
      return now.equals(proven)
          ? List.of()
          : List.of(
              Finding.of("the tag was moved: " + tag + " pins " + now + " in " + repository + " now, it was " + proven)
                  .at(Place.file(tag))
                  .remedy("find out who moved it; then put it back, or release another version"));
    } catch (Refusal e) {
      return e.findings();
    }
  }
}
