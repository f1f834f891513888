package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Writes many files as one: all or none, also when the process is killed between or in any two steps. The old and new
 * bytes of all files are brought to the disk first, with a journal, in git's directory; then each file is overwritten
 * where it is. The next run goes back to the old bytes unless every file has its new ones. What a killed process had
 * written the system keeps; against a power cut up to {@value #DURABLE} files are safe, for they are on the disk before
 * the journal goes.
 */
public final class Transaction {

  /** So few files are written one after the other. */
  private static final int FEW = 32;

  /** So many files are brought to the disk one by one before the journal goes; with more that takes longer than all else. */
  private static final int DURABLE = 256;

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
          try {
            prepare(changes);
            write(changes);
          } catch (IOException e) {
            throw undone(e);
          }
          clean();
        });
  }

  /**
   * Ends what a killed run left: every file is then old, or every file is new.
   *
   * @return what was done, for people; nothing when there was nothing to do
   * @throws Refusal when a file was changed by others in between, so that neither can be had
   */
  public Optional<String> recover() {
    if (!Files.exists(Journal.file(gitDirectory)) && !Files.exists(Journal.data(gitDirectory)) && !Files.exists(Journal.next(gitDirectory))) {
      return Optional.empty();
    }
    List<String> done = new ArrayList<>();
    locked(() -> end().ifPresent(done::add));
    return done.stream().findFirst();
  }

  private void prepare(List<Change> changes) throws IOException {
    List<Journal.Entry> entries = new ArrayList<>(changes.size());
    List<byte[]> data = new ArrayList<>(2 * changes.size());
    long offset = 0;
    for (Change change : changes) {
      entries.add(new Journal.Entry(change.path(), offset, change.before().length, change.after().length));
      data.add(change.before());
      data.add(change.after());
      offset += change.before().length + change.after().length;
    }
    disk.writeDurably(Journal.data(gitDirectory), data);
    new Journal(entries).save(gitDirectory, disk);
  }

  /** On all processors: the journal makes their order no matter. Ends when all have, so that nothing is at work when what failed is undone. */
  private void write(List<Change> changes) throws IOException {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    (changes.size() < FEW ? changes.stream() : changes.parallelStream())
        .forEach(
            change -> {
              try {
                if (failed.get() == null) {
                  disk.overwrite(root.resolve(change.path()), change.before(), change.after(), changes.size() <= DURABLE);
                }
              } catch (IOException | RuntimeException | Error e) {
                failed.compareAndSet(null, e);
              }
            });
    Throwable first = failed.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw first instanceof IOException e ? e : new IOException(first.getMessage(), first);
    }
  }

  private OutsideFailure undone(IOException cause) {
    try {
      end();
      return new OutsideFailure("cannot write the new version, every file is as it was", cause);
    } catch (IOException | Refusal again) {
      OutsideFailure failure =
          new OutsideFailure("cannot write the new version, nor go back yet; the next run of bump or verify-alignment will", cause);
      failure.addSuppressed(again);
      return failure;
    }
  }

  private Optional<String> end() throws IOException {
    Optional<Journal> left = Journal.load(gitDirectory);
    if (left.isEmpty()) {
      clean();
      return Optional.empty();
    }
    List<Journal.Entry> files = left.get().files();
    List<Journal.Entry> renewed = new ArrayList<>();
    List<Finding> strange = new ArrayList<>();
    boolean forward = true;
    try (FileChannel data = Journal.open(gitDirectory)) {
      for (Journal.Entry entry : files) {
        Path target = root.resolve(entry.path());
        byte[] now = Files.isRegularFile(target) ? Files.readAllBytes(target) : new byte[0];
        byte[] before = Journal.before(data, entry);
        byte[] after = Journal.after(data, entry);
        forward &= Arrays.equals(now, after);
        if (isHalf(now, before, after)) {
          renewed.add(entry);
        } else if (!Arrays.equals(now, before)) {
          strange.add(
              Finding.of("an earlier bump was stopped half way, and this file was changed since")
                  .at(Place.file(entry.path()))
                  .remedy("save what you need of it, git restore " + entry.path() + " when it was as committed, and run again"));
        }
      }
      if (!renewed.isEmpty() && !strange.isEmpty()) {
        throw new Refusal(strange);
      }
      for (Journal.Entry entry : forward ? List.<Journal.Entry>of() : renewed) {
        Path target = root.resolve(entry.path());
        disk.overwrite(target, Files.readAllBytes(target), Journal.before(data, entry), files.size() <= DURABLE);
      }
    }
    clean();
    return Optional.of(
        "an earlier bump was stopped half way: its " + files.size() + " files are " + (forward ? "all new" : "all as before it"));
  }

  /** Whether a file is somewhere on the way between its old and its new bytes, and not simply old. */
  private static boolean isHalf(byte[] now, byte[] before, byte[] after) {
    if (Arrays.equals(now, before)
        || now.length < Math.min(before.length, after.length)
        || now.length > Math.max(before.length, after.length)) {
      return false;
    }
    for (int i = 0; i < now.length; i++) {
      boolean old = i < before.length && now[i] == before[i];
      if (!old && !(i < after.length && now[i] == after[i])) {
        return false;
      }
    }
    return true;
  }

  /** The journal goes first: without it there is nothing to end. */
  private void clean() throws IOException {
    for (Path file : List.of(Journal.file(gitDirectory), Journal.next(gitDirectory), Journal.data(gitDirectory))) {
      if (Files.exists(file)) {
        disk.delete(file);
      }
    }
  }

  private void refuseStale(List<Change> changes) throws IOException {
    List<Finding> findings;
    try {
      // On all processors, and in the order of the changes.
      findings = changes.parallelStream().map(this::stale).flatMap(Optional::stream).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  private Optional<Finding> stale(Change change) {
    Path target = root.resolve(change.path());
    try {
      if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), change.before())) {
        return Optional.of(Finding.of("this file changed since it was read").at(Place.file(change.path())).remedy("run bump again"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Files.isWritable(target)
        ? Optional.empty()
        : Optional.of(
            Finding.of("this file is write-protected").at(Place.file(change.path())).remedy("chmod u+w " + change.path() + ", then run bump again"));
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
