package dev.plasmite.sandbox;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.OwnSettings;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * The sandbox's copy of the maintainer's repository: {@code origin.git} (bare, all branches, tags and notes), {@code work}
 * (a clone of it, at the candidate commit) and {@code tap.git} (a bare copy of the tap, when there is one). Commits, tags
 * and pushes of the train happen here; the maintainer's own repository is only read.
 */
public final class ScratchClone {

  private final Path work;
  private final Path origin;
  private final Optional<Path> tap;
  private final ObjectId commit;

  /** The tags of the maintainer's repository, in full; all others are the sandbox's own. */
  private final Set<String> given;

  private ScratchClone(Path world, Optional<Path> tap, ObjectId commit, Set<String> given) {
    this.given = Set.copyOf(given);
    this.work = world.resolve("work");
    this.origin = world.resolve("origin.git");
    this.tap = tap;
    this.commit = commit;
  }

  /**
   * Makes the copy, or brings the one that is there up to date. {@code work} has then exactly the files of the commit, on
   * the maintainer's branch when that is its tip, else detached; what git ignores (build output) stays.
   *
   * @param world directory of the sandbox, which this process must have open
   * @param repository root of the maintainer's work tree, or a bare repository
   * @param candidate the commit to be released, 40 hex digits
   * @param tap the configured tap's repository, if any
   * @throws Refusal when the repository cannot be released from: none, shallow, without the commit, or with a tag that
   *     the sandbox has elsewhere
   * @throws OutsideFailure when the disk fails
   */
  public static ScratchClone of(Path world, Path repository, String candidate, Optional<Path> tap) {
    Path root = world.toAbsolutePath().normalize();
    if (!candidate.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException("not a commit: " + candidate);
    }
    try {
      Files.createDirectories(root);
      Optional<String> branch;
      Set<String> given = new HashSet<>();
      try (Repository source = BareCopy.read(repository)) {
        branch = branchAt(source, candidate, repository);
        BareCopy.ofProduct(root.resolve("origin.git")).update(source, branch);
        source.getRefDatabase().getRefsByPrefix(Constants.R_TAGS).forEach(ref -> given.add(ref.getName()));
      }
      Optional<Path> copied = Optional.empty();
      if (tap.isPresent()) {
        try (Repository source = BareCopy.read(tap.get())) {
          BareCopy.ofTap(root.resolve("tap.git")).update(source, Optional.empty());
        }
        copied = Optional.of(root.resolve("tap.git"));
      }
      ScratchClone clone = new ScratchClone(root, copied, ObjectId.fromString(candidate), given);
      WorkTree.at(clone.work, clone.origin).checkOut(clone.commit, branch);
      return clone;
    } catch (IOException | GitAPIException e) {
      throw new OutsideFailure("cannot make the scratch clone of " + repository, e);
    }
  }

  /** The work tree in which the train works. */
  public Path work() {
    return work;
  }

  /** The bare repository that plays the remote. */
  public Path origin() {
    return origin;
  }

  /** The bare repository that plays the tap's remote. */
  public Optional<Path> tap() {
    return tap;
  }

  /** The candidate commit, 40 hex digits. */
  public String commit() {
    return commit.name();
  }

  /**
   * Makes the annotated release tag at the candidate commit and pushes it to the scratch origin. A tag that is there
   * already, annotated and at this commit, is used as it is. One that an earlier run has made here for another commit, and
   * that the maintainer's repository does not have, is made anew: what is mended is tried again under the same version, and
   * what the sandbox's registries hold of it by then they say themselves.
   *
   * @return the tag object, 40 hex digits
   * @throws Refusal when the maintainer's tag is at another commit, or lightweight: such a tag is never moved
   */
  public String tag(String name, String message) {
    try (Git git = OwnSettings.only(() -> Git.open(work.toFile()))) {
      if (!Repository.isValidRefName("refs/tags/" + name)) {
        throw new Refusal(Finding.of("'" + name + "' is no tag name").remedy("use v and a version"));
      }
      Ref there = git.getRepository().exactRef("refs/tags/" + name);
      if (there != null && !given.contains(there.getName()) && !isRight(git.getRepository(), there)) {
        git.tagDelete().setTags(name).call();
        there = null;
      }
      ObjectId tag = there == null ? create(git, name, message) : same(git.getRepository(), there);
      push(git, name);
      return tag.name();
    } catch (IOException | GitAPIException e) {
      throw new OutsideFailure("cannot tag in the scratch clone", e);
    }
  }

  private ObjectId create(Git git, String name, String message) throws IOException, GitAPIException {
    try (RevWalk walk = new RevWalk(git.getRepository())) {
      return git.tag()
          .setName(name)
          .setMessage(message)
          .setAnnotated(true)
          // The maintainer's key is not for the sandbox.
          .setSigned(false)
          .setObjectId(walk.parseCommit(commit))
          .setTagger(new PersonIdent("plasmite sandbox", "release@sandbox.invalid"))
          .call()
          .getObjectId();
    }
  }

  private boolean isRight(Repository repository, Ref there) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject object = walk.parseAny(there.getObjectId());
      return object instanceof RevTag && walk.peel(object).equals(commit);
    }
  }

  private ObjectId same(Repository repository, Ref there) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject object = walk.parseAny(there.getObjectId());
      RevObject peeled = walk.peel(object);
      if (object instanceof RevTag && peeled.equals(commit)) {
        return there.getObjectId();
      }
      String name = Repository.shortenRefName(there.getName());
      throw new Refusal(
          Finding.of(
                  peeled.equals(commit)
                      ? "the tag " + name + " is lightweight, a release tag is annotated"
                      : "the tag " + name + " is at " + peeled.name() + ", not at the candidate " + commit.name())
              .remedy("release another version, or remove the tag where it comes from and empty the sandbox"));
    }
  }

  private static void push(Git git, String name) throws GitAPIException {
    String ref = "refs/tags/" + name;
    for (PushResult result : git.push().setRemote("origin").setRefSpecs(new RefSpec("+" + ref + ":" + ref)).call()) {
      for (RemoteRefUpdate update : result.getRemoteUpdates()) {
        if (update.getStatus() != RemoteRefUpdate.Status.OK
            && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
          throw new Refusal(
              Finding.of("the scratch origin does not take the tag " + name + ": " + update.getStatus())
                  .remedy("empty the sandbox"));
        }
      }
    }
  }

  /** The branch on which the maintainer is, when the candidate is its tip. */
  private static Optional<String> branchAt(Repository source, String candidate, Path shown) throws IOException {
    ObjectId commit = ObjectId.fromString(candidate);
    try (RevWalk walk = new RevWalk(source)) {
      walk.parseCommit(commit);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      throw new Refusal(
          Finding.of(shown + " has no commit " + candidate).remedy("fetch it, or release another commit"));
    }
    Ref head = source.exactRef("HEAD");
    boolean onBranch = head != null && head.isSymbolic() && head.getTarget().getName().startsWith("refs/heads/");
    return onBranch && commit.equals(head.getObjectId())
        ? Optional.of(head.getTarget().getName().substring("refs/heads/".length()))
        : Optional.empty();
  }

  /**
   * The branches and tags of the scratch origin as they are now, in the form in which the GitHub stand-in is told them.
   */
  public List<GitHubStandIn.KnownRef> refs() {
    try (Git git = OwnSettings.only(() -> Git.open(origin.toFile())); RevWalk walk = new RevWalk(git.getRepository())) {
      List<GitHubStandIn.KnownRef> refs = new ArrayList<>();
      for (Ref ref : git.getRepository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
        RevObject object = walk.parseAny(ref.getObjectId());
        RevObject peeled = walk.peel(object);
        String message = object instanceof RevTag tag ? tag.getFullMessage() : "";
        // A tag of a tree or file is no release and GitHub has no commit for it.
        if (peeled instanceof RevCommit) {
          refs.add(new GitHubStandIn.KnownRef(ref.getName(), object.name(), peeled.name(), message));
        }
      }
      return refs;
    } catch (IOException | GitAPIException e) {
      throw new OutsideFailure("cannot read the scratch origin", e);
    }
  }

  /** The directories that the copy consists of, for those who want to remove it. */
  public List<Path> directories() {
    return tap.map(t -> List.of(work, origin, t)).orElseGet(() -> List.of(work, origin));
  }
}
