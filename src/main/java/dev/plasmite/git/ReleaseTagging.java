package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/** Makes annotated tags; a tag never moves. */
public final class ReleaseTagging {

  private final GitRepository git;
  private final Clock clock;

  public ReleaseTagging(GitRepository git, Clock clock) {
    this.git = git;
    this.clock = clock;
  }

  /**
   * Makes an annotated tag. When it is there already, annotated and at this commit, nothing is done.
   *
   * @param message what the tag says
   * @return the tag as it is now
   * @throws Refusal when the name is taken by another tag, or is no name for a tag
   */
  public Tag create(String name, String commit, String message) {
    return create(name, commit, message, TagSigner.NONE);
  }

  /** The same, signed: the signature stands at the end of what the tag says, where git looks for it. */
  public Tag create(String name, String commit, String message, TagSigner signer) {
    if (!Repository.isValidRefName(Constants.R_TAGS + name) || name.startsWith("-")) {
      throw new Refusal(Finding.of("'" + name + "' is no name for a tag").remedy("use v and a version, such as v1.2.0"));
    }
    Optional<Tag> present = git.tag(name);
    if (present.isPresent()) {
      return same(present.get(), commit);
    }
    Repository repository = git.jgit();
    try (RevWalk walk = new RevWalk(repository);
        ObjectInserter inserter = repository.newObjectInserter()) {
      TagBuilder tag = new TagBuilder();
      tag.setTag(name);
      tag.setObjectId(walk.parseCommit(ObjectId.fromString(commit)));
      tag.setTagger(new Identity(repository, clock).now());
      tag.setMessage(message.endsWith("\n") ? message : message + "\n");
      byte[] unsigned = tag.build();
      byte[] signature = signer.sign(unsigned).getBytes(StandardCharsets.UTF_8);
      byte[] whole = Arrays.copyOf(unsigned, unsigned.length + signature.length);
      System.arraycopy(signature, 0, whole, unsigned.length, signature.length);
      ObjectId id = inserter.insert(Constants.OBJ_TAG, whole);
      inserter.flush();
      RefUpdate update = repository.updateRef(Constants.R_TAGS + name);
      // Only when it is not there: whoever was faster keeps the name.
      update.setExpectedOldObjectId(ObjectId.zeroId());
      update.setNewObjectId(id);
      RefUpdate.Result result = update.update(walk);
      if (result != RefUpdate.Result.NEW) {
        throw new IOException("the ref could not be written: " + result);
      }
      return git.tag(name).orElseThrow();
    } catch (IOException e) {
      throw new OutsideFailure("cannot make the tag " + name, e);
    }
  }

  private static Tag same(Tag tag, String commit) {
    if (tag.annotated() && tag.commit().filter(commit::equals).isPresent()) {
      return tag;
    }
    String where = tag.commit().map(c -> "commit " + c.substring(0, 12)).orElse("a " + tag.kind());
    throw new Refusal(
        Finding.of(
                "tag " + tag.name() + " is there already, "
                    + (tag.annotated() ? "at " + where : "lightweight, at " + where)
                    + ", and tags do not move")
            .at(Place.file(tag.name()))
            .remedy("release another version; or, when it was never pushed: git tag -d " + tag.name()));
  }
}
