package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.version.SemVer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.errors.FilterFailedException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Commits of a repository, checked out side by side. Each checkout is a repository of its own with a detached HEAD,
 * its own index and work tree, that borrows the objects of the original (gitrepository-layout(5),
 * objects/info/alternates) and has its tags; the original's work tree, index, refs and configuration are only read.
 */
public final class SideBySide implements AutoCloseable {

  private final Repository repository;

  private SideBySide(Repository repository) {
    this.repository = repository;
  }

  /**
   * Opens a repository for reading.
   *
   * @param directory the work tree or a directory below it
   * @throws Refusal when it is in no git repository
   */
  public static SideBySide of(Path directory) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
    if (builder.getGitDir() == null) {
      throw new Refusal(
          Finding.of(directory + " is in no git repository").remedy("run this in the repository of the product"));
    }
    try {
      return new SideBySide(builder.setMustExist(true).build());
    } catch (IOException e) {
      throw new OutsideFailure("cannot open the git repository " + builder.getGitDir(), e);
    }
  }

  /**
   * The commit that HEAD names, 40 hex digits.
   *
   * @throws Refusal when there is no commit yet
   */
  public String head() {
    return read(() -> repository.resolve("HEAD^{commit}"))
        .map(ObjectId::name)
        .orElseThrow(() -> new Refusal(Finding.of("the repository has no commit yet")
            .remedy("commit the product first")));
  }

  /**
   * The release to compare a commit with.
   *
   * @param wanted the tag the maintainer asks for; empty for the newest release tag that the commit descends from. A
   *     final version is compared with final versions where there are any
   * @param commit the candidate
   * @param version the version to be released, whose own tag is never the base
   * @return empty when none is asked for and there is none
   * @throws Refusal when the tag that is asked for is missing, is the commit itself, or no ancestor of it
   */
  public Optional<Base> base(Optional<String> wanted, String commit, SemVer version) {
    return new SideBySideTags(repository).base(wanted, commit, version);
  }

  /** Whether this is a shallow clone, so that releases may be missing that the commit descends from. */
  public boolean shallow() {
    return read(() -> new SideBySideTags(repository).shallow()).orElse(false);
  }

  /**
   * An older release for an advisory comparison.
   *
   * @throws Refusal as {@link #base} does
   */
  public Base anchor(String tag, String commit) {
    return new SideBySideTags(repository).named(tag, commit, "<perfGate><anchorTag>");
  }

  /**
   * Checks a commit out.
   *
   * @param commit 40 hex digits
   * @param directory where; must not exist
   * @return warnings about what is not as in the user's own work tree: submodules, filters that are not set up
   * @throws Refusal when objects of it are missing, as in a partial clone, or a filter fails
   * @throws OutsideFailure when it cannot be written, or this thread is interrupted meanwhile
   */
  public List<Finding> checkOut(String commit, Path directory) {
    try {
      File git = Files.createDirectories(directory).resolve(".git").toFile();
      try (Repository empty = open(git, directory)) {
        empty.create();
        new SameFiles(repository).configure(empty);
      }
      Path info = Files.createDirectories(git.toPath().resolve("objects/info"));
      Files.writeString(info.resolve("alternates"), objects() + "\n");
      Files.writeString(git.toPath().resolve("HEAD"), commit + "\n");
      new SameHistory(repository).copy(git.toPath());
      try (Repository checkout = open(git, directory);
          RevWalk walk = new RevWalk(checkout)) {
        RevCommit at = walk.parseCommit(ObjectId.fromString(commit));
        DirCache index = checkout.lockDirCache();
        try {
          DirCacheCheckout work = new DirCacheCheckout(checkout, null, index, at.getTree());
          work.setFailOnConflict(true);
          work.setProgressMonitor(new UntilInterrupted());
          work.checkout();
        } finally {
          index.unlock();
        }
        return new SameFiles(repository).differences(checkout, at);
      }
    } catch (MissingObjectException e) {
      throw new Refusal(
          Finding.unknown("this clone does not have all files of the commit " + commit.substring(0, 10)
                  + ", as a partial clone fetches them only when git needs them")
              .at(Place.file(commit.substring(0, 10))).remedy("git fetch --refetch --no-filter --tags"));
    } catch (IOException e) {
      if (e.getCause() instanceof FilterFailedException filter) {
        throw SameFiles.failed(filter, commit);
      }
      throw new OutsideFailure("cannot check out " + commit + " to " + directory, e);
    }
  }

  private static Repository open(File git, Path directory) throws IOException {
    try {
      return OwnSettings.only(() -> new FileRepositoryBuilder().setGitDir(git).setWorkTree(directory.toFile()).build());
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private Path objects() {
    File common = repository.getCommonDirectory();
    return new File(common == null ? repository.getDirectory() : common, "objects").toPath().toAbsolutePath();
  }

  /** Lets a checkout end when the thread is told to: a large one would outlive Ctrl-C. */
  private static final class UntilInterrupted extends EmptyProgressMonitor {

    @Override
    public boolean isCancelled() {
      return Thread.currentThread().isInterrupted();
    }
  }

  /**
   * A release tag.
   *
   * @param tag its name
   * @param commit the commit it was peeled to, 40 hex digits
   */
  public record Base(String tag, String commit) {

    /** The tag as a place for findings. */
    public Place place() {
      return Place.file(tag);
    }
  }

  @FunctionalInterface
  interface Read<T> {
    T get() throws IOException;
  }

  static <T> Optional<T> read(Read<T> what) {
    try {
      return Optional.ofNullable(what.get());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the git repository", e);
    }
  }
}
