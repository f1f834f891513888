package dev.plasmite.git;

import java.util.Map;
import java.util.Optional;

/**
 * What a remote said of its refs just now.
 *
 * @param ids what each ref points at, by full name such as {@code refs/heads/main}
 * @param peeled what annotated tags name when followed, by full name
 */
public record RemoteRefs(Map<String, String> ids, Map<String, String> peeled) {

  public RemoteRefs {
    ids = Map.copyOf(ids);
    peeled = Map.copyOf(peeled);
  }

  /** Where a branch is, by its short name. */
  public Optional<String> branch(String name) {
    return Optional.ofNullable(ids.get("refs/heads/" + name));
  }

  /**
   * A tag, by its short name; its kind is not told by the protocol, and {@code commit} is what the tag names, taken to
   * be a commit.
   */
  public Optional<Tag> tag(String name) {
    String ref = "refs/tags/" + name;
    String id = ids.get(ref);
    if (id == null) {
      return Optional.empty();
    }
    String target = peeled.get(ref);
    return Optional.of(new Tag(name, id, target != null, "commit", Optional.of(target == null ? id : target)));
  }
}
