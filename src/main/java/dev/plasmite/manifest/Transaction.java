package dev.plasmite.manifest;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Writes many files as one: all or none, also when the process is killed between any two steps. New contents
 * are laid beside their targets first, where disk and permissions can fail without harm; then each target is replaced
 * by a rename. A journal in git's directory, with the old bytes, says what the next run has to end: it goes back to the
 * old files unless all were new.
 */
public final class Transaction {

  private static final String NEW = ".plasmite-new";

  private final Path root;
  private final Path gitDirectory;
  private final Disk disk;

  public Transaction(Path root) {
    this(root, new Disk());
  }

  Transaction(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(root.toAbsolutePath().toFile());
    if (builder.getGitDir() == null) {
      throw new Refusal(Finding.of(root + " is in no git repository").remedy("make it one: git init"));
    }
    this.gitDirectory = builder.getGitDir().toPath();
  }

  /**
   * Writes all changes.
   *
   * @throws Refusal when a file is not what it was when it was read, or is write-protected; nothing is changed then
   * @throws OutsideFailure when the disk fails; everything is as before then, or will be after {@link #recover()}
   */
  public void apply(List<Change> changes) {
    locked(
        () -> {
          end();
          refuseStale(changes);
          List<Journal.Entry> entries = entries(changes);
          try {
            stage(changes, entries);
            replaceAll(entries);
          } catch (IOException e) {
            OutsideFailure failure = new OutsideFailure("cannot write the new version; every file is as it was", e);
            try {
              end();
            } catch (IOException | Refusal again) {
              failure.addSuppressed(again);
            }
            throw failure;
          }
          clean(entries);
        });
  }

  /**
   * Ends what a killed run left: every file is then old, or every file is new.
   *
   * @return what was done, for people; nothing when there was nothing to do
   * @throws Refusal when a file was changed by others in between, so that neither can be had
   */
  public Optional<String> recover() {
    if (!Files.exists(Journal.file(gitDirectory)) && !Files.exists(Journal.next(gitDirectory))) {
      return Optional.empty();
    }
    List<String> done = new ArrayList<>();
    locked(() -> end().ifPresent(done::add));
    return done.stream().findFirst();
  }

  private void stage(List<Change> changes, List<Journal.Entry> entries) throws IOException {
    new Journal(Journal.State.STAGING, entries).save(gitDirectory, disk);
    disk.writeDurably(Journal.backup(gitDirectory), changes.stream().map(Change::before).toList());
    for (Change change : changes) {
      Path target = root.resolve(change.path());
      disk.write(beside(target), change.after(), target);
    }
    new Journal(Journal.State.APPLYING, entries).save(gitDirectory, disk);
  }

  private void replaceAll(List<Journal.Entry> entries) throws IOException {
    for (Journal.Entry entry : entries) {
      Path target = root.resolve(entry.path());
      if (!entry.before().equals(digest(target))) {
        throw new IOException(entry.path() + " was changed while the version was written");
      }
      disk.replace(beside(target), target);
    }
    new Journal(Journal.State.DONE, entries).save(gitDirectory, disk);
  }

  private Optional<String> end() throws IOException {
    Optional<Journal> left = Journal.load(gitDirectory);
    if (left.isEmpty()) {
      if (Files.exists(Journal.next(gitDirectory))) {
        disk.delete(Journal.next(gitDirectory));
      }
      return Optional.empty();
    }
    Journal journal = left.get();
    boolean forward = journal.state() == Journal.State.DONE;
    if (journal.state() == Journal.State.APPLYING) {
      List<Finding> strange = new ArrayList<>();
      List<Journal.Entry> back = new ArrayList<>();
      for (Journal.Entry entry : journal.files()) {
        String now = digest(root.resolve(entry.path()));
        if (entry.after().equals(now)) {
          back.add(entry);
        } else if (!entry.before().equals(now)) {
          strange.add(
              Finding.of("an earlier bump was stopped half way, and this file was changed since")
                  .at(Place.file(entry.path()))
                  .remedy("save what you need of it, git restore " + entry.path() + " when it was as committed, and run again"));
        }
      }
      forward = back.size() == journal.files().size();
      if (!forward && !strange.isEmpty() && !back.isEmpty()) {
        throw new Refusal(strange);
      }
      for (Journal.Entry entry : forward ? List.<Journal.Entry>of() : back) {
        Path target = root.resolve(entry.path());
        disk.write(beside(target), Journal.oldBytes(gitDirectory, entry), target);
        disk.replace(beside(target), target);
      }
      new Journal(forward ? Journal.State.DONE : Journal.State.STAGING, journal.files()).save(gitDirectory, disk);
    }
    clean(journal.files());
    return Optional.of(
        "an earlier bump was stopped half way: its " + journal.files().size() + " files are " + (forward ? "all new" : "all as before it"));
  }

  private void clean(List<Journal.Entry> entries) throws IOException {
    for (Journal.Entry entry : entries) {
      Path target = root.resolve(entry.path());
      disk.delete(beside(target));
    }
    disk.delete(Journal.next(gitDirectory));
    disk.delete(Journal.backup(gitDirectory));
    disk.delete(Journal.file(gitDirectory));
    disk.sync(gitDirectory);
  }

  private void refuseStale(List<Change> changes) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (Change change : changes) {
      Path target = root.resolve(change.path());
      if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), change.before())) {
        findings.add(Finding.of("this file changed since it was read").at(Place.file(change.path())).remedy("run bump again"));
      } else if (!Files.isWritable(target)) {
        findings.add(
            Finding.of("this file is write-protected").at(Place.file(change.path())).remedy("chmod u+w " + change.path() + ", then run bump again"));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  private static List<Journal.Entry> entries(List<Change> changes) {
    List<Journal.Entry> entries = new ArrayList<>(changes.size());
    long offset = 0;
    for (Change change : changes) {
      int size = change.before().length;
      entries.add(new Journal.Entry(change.path(), Digests.sha256(change.before()), Digests.sha256(change.after()), offset, size));
      offset += size;
    }
    return entries;
  }

  private static Path beside(Path target) {
    return target.resolveSibling(target.getFileName() + NEW);
  }

  private static String digest(Path file) throws IOException {
    return Files.isRegularFile(file) ? Digests.sha256(Files.readAllBytes(file)) : "";
  }

  /** Work under the lock that the system gives back when this process dies. */
  private void locked(Work work) {
    Path file = gitDirectory.resolve("plasmite-bump.lock");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw busy();
      }
      work.run();
    } catch (OverlappingFileLockException e) {
      throw busy();
    } catch (IOException e) {
      throw new OutsideFailure("cannot write in " + root, e);
    }
  }

  private static Refusal busy() {
    return new Refusal(Finding.of("another bump is at work in this repository").remedy("wait until it has ended"));
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}
