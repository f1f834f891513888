package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A git repository with a work tree, read without a git client. Every method looks at the repository anew and at
 * nothing that is not asked; a damaged repository is an {@link OutsideFailure}, a name that is not there a
 * {@link Refusal}.
 */
public final class GitRepository implements AutoCloseable {

  private final Repository repository;

  private GitRepository(Repository repository) {
    this.repository = repository;
  }

  /**
   * Opens the repository that a directory is in: its root, any directory below, a linked work tree or a submodule.
   *
   * @throws Refusal when there is no git repository with a work tree
   */
  public static GitRepository open(Path anywhereInside) {
    QuietSystemReader.install();
    Path start = anywhereInside.toAbsolutePath().normalize();
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true).findGitDir(start.toFile());
    if (!Files.isDirectory(start) || builder.getGitDir() == null) {
      throw new Refusal(
          Finding.of("there is no git repository in " + start + ", nor around it")
              .remedy("run it where the product's repository is checked out, or make one there: git init"));
    }
    Repository repository;
    try {
      repository = builder.build();
    } catch (IOException e) {
      throw new Refusal(
          Finding.of("cannot read the git repository " + builder.getGitDir() + ": " + e.getMessage())
              .remedy("see what git itself says of it: git -C " + start + " status"));
    }
    if (repository.isBare()) {
      repository.close();
      throw new Refusal(
          Finding.of(start + " is a bare git repository, without a work tree")
              .remedy("run it in a clone that has the files checked out"));
    }
    // JGit overlooks this extension and would misread every id.
    String format = repository.getConfig().getString("extensions", null, "objectformat");
    if (format != null && !format.equalsIgnoreCase("sha1")) {
      repository.close();
      throw new Refusal(
          Finding.of("cannot read the git repository " + start + ": its object format is " + format)
              .remedy("use a repository of the format sha1; others are not supported"));
    }
    return new GitRepository(repository);
  }

  /** The root of the work tree, absolute. */
  public Path root() {
    return repository.getWorkTree().toPath();
  }

  /** The git directory that all work trees of this repository share: refs live there, and the live ledger. */
  public Path commonDirectory() {
    return repository.getCommonDirectory().toPath();
  }

  /** What is checked out. */
  public Head head() {
    return reading(
        () -> {
          Ref head = repository.exactRef(Constants.HEAD);
          if (head == null) {
            throw new IOException("HEAD is missing");
          }
          Optional<String> commit = Optional.ofNullable(head.getObjectId()).map(ObjectId::name);
          Optional<String> branch =
              head.isSymbolic() ? Optional.of(Repository.shortenRefName(head.getTarget().getName())) : Optional.empty();
          return new Head(commit, branch);
        });
  }

  /** A commit in brief. */
  public Commit commit(String id) {
    return reading(
        () -> {
          RevCommit commit = repository.parseCommit(ObjectId.fromString(id));
          PersonIdent committer = commit.getCommitterIdent();
          return new Commit(
              commit.name(),
              commit.getShortMessage(),
              committer.getWhenAsInstant().atZone(committer.getZoneId()).toOffsetDateTime());
        });
  }

  /** How the work tree differs from the commit; looks at every file's size and time. */
  public WorkTreeStatus status() {
    return reading(() -> new WorkTree(repository).status());
  }

  /** The branches of a remote as of the last fetch: short name to commit. */
  public Map<String, String> fetchedBranches(String remote) {
    return reading(() -> new Following(repository).fetched(remote));
  }

  /** What git is configured to, from the repository, the user and the system. */
  public Optional<String> setting(String section, String name) {
    return Optional.ofNullable(repository.getConfig().getString(section, null, name));
  }

  /**
   * Who works here, as git is told: {@code Name <address>}.
   *
   * @throws Refusal when nobody is named
   */
  public String person(Clock clock) {
    PersonIdent person = new Identity(repository, clock).now();
    return person.getName() + " <" + person.getEmailAddress() + ">";
  }

  /** Whether history is cut off, as in a clone with {@code --depth}. */
  public boolean isShallow() {
    return reading(() -> !repository.getObjectDatabase().getShallowCommits().isEmpty());
  }

  /** The branch that the checked-out branch follows on a remote; empty when it follows none. */
  public Optional<Upstream> upstream() {
    Head head = head();
    return head.branch().flatMap(branch -> reading(() -> new Following(repository).upstream(branch, head.commit())));
  }

  /** A remote by its name, such as {@code origin}. */
  public Optional<Remote> remote(String name) {
    return reading(() -> new Following(repository).remote(name));
  }

  /**
   * Asks a remote, now, for some of its refs.
   *
   * @param names full names such as {@code refs/heads/main}
   * @param limit for the whole answer
   * @throws OutsideFailure when there is no answer
   */
  public RemoteRefs remoteRefs(Remote remote, List<String> names, Duration limit, Optional<Credentials> credentials) {
    return new RemoteReader(new Connections(repository, credentials)).read(remote, names, limit);
  }

  /** What a ref such as {@code refs/notes/plasmite} points at here; empty when there is none. */
  public Optional<String> ref(String name) {
    return reading(() -> Optional.ofNullable(repository.exactRef(name)).map(Ref::getObjectId).map(ObjectId::name));
  }

  /** All local tags, each followed to what it names, also through nested tags. */
  public List<Tag> tags() {
    return reading(() -> new Tags(repository).all());
  }

  /** A local tag by its name. */
  public Optional<Tag> tag(String name) {
    return reading(() -> new Tags(repository).named(name));
  }

  /**
   * The local tags that name releases, the highest version first.
   *
   * @throws Refusal when one of them names something that is no commit
   */
  public List<ReleaseTag> releaseTags() {
    return reading(() -> new Tags(repository).releases());
  }

  /** The release with the highest version whose commit is a proper ancestor of a commit. */
  public Optional<ReleaseTag> newestReleaseBefore(String commit) {
    return reading(() -> new Tags(repository).newestBefore(ObjectId.fromString(commit)));
  }

  /** Whether a commit is another's ancestor, or the same. */
  public boolean isAncestor(String ancestor, String descendant) {
    return reading(
        () -> {
          try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                walk.parseCommit(ObjectId.fromString(ancestor)), walk.parseCommit(ObjectId.fromString(descendant)));
          }
        });
  }

  /** Whether this repository holds a commit. */
  public boolean hasCommit(String id) {
    return reading(
        () -> {
          try {
            repository.parseCommit(ObjectId.fromString(id));
            return true;
          } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
          }
        });
  }

  /**
   * The commit that a revision names: an id, a branch, a tag, {@code HEAD~2}.
   *
   * @return 40 hex digits
   * @throws Refusal when it names no commit, or more than one
   */
  public String resolve(String revision) {
    return reading(
        () -> {
          try {
            ObjectId id = repository.resolve(revision + "^{commit}");
            if (id != null) {
              return id.name();
            }
          } catch (RevisionSyntaxException | IncorrectObjectTypeException | MissingObjectException e) {
            throw noCommit(revision);
          } catch (AmbiguousObjectException e) {
            throw new Refusal(
                Finding.of("'" + revision + "' names more than one object").remedy("give more digits of the id"));
          }
          throw noCommit(revision);
        });
  }

  /** A file's bytes as a commit has them; empty when it has no such file. */
  public Optional<byte[]> fileAt(String commit, String path) {
    return reading(
        () -> {
          try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
            try (TreeWalk found = TreeWalk.forPath(walk.getObjectReader(), path, parsed.getTree())) {
              return found == null || found.isSubtree()
                  ? Optional.empty()
                  : Optional.of(walk.getObjectReader().open(found.getObjectId(0)).getBytes());
            }
          }
        });
  }

  @Override
  public void close() {
    repository.close();
  }

  /** For the other classes of this room. */
  Repository jgit() {
    return repository;
  }

  private static Refusal noCommit(String revision) {
    return new Refusal(
        Finding.of("'" + revision + "' names no commit here")
            .remedy("see what there is (git tag, git branch -a), or fetch it: git fetch --tags"));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      Optional<Refusal> form = UnreadableIndex.of(repository);
      if (form.isPresent()) {
        throw form.get();
      }
      throw new OutsideFailure("cannot read the git repository " + repository.getDirectory(), e);
    }
  }
}
