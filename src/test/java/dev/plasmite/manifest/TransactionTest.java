package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write of three files that is stopped before, in and after each of its steps. */
class TransactionTest {

  private static final List<String> FILES = List.of("a.txt", "sub/b.txt", "sub/deep/c.txt");

  @TempDir Path root;

  /** How a step goes wrong. */
  enum Fault {
    /** The process dies before the step. */
    KILLED,
    /** The process dies in the step: a file is half written. */
    KILLED_WITHIN,
    /** The step fails once. */
    ERROR,
    /** The step and every later one that writes fails: the disk is full. */
    DISK_FULL
  }

  /** Not an exception that anything catches: what a killed process does not get to do is not done. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts the steps and spoils one. */
  private static final class SpoiltDisk extends Disk {
    private final int spoilt;
    private final Fault fault;
    private int steps;

    SpoiltDisk(int spoilt, Fault fault) {
      this.spoilt = spoilt;
      this.fault = fault;
    }

    /** A killed process loses nothing that it wrote; that a power cut does not either is the operating system's promise. */
    @Override
    void force(FileChannel channel) {}

    private synchronized boolean step(boolean writes) throws IOException {
      int now = steps++;
      boolean hit = now == spoilt || fault == Fault.DISK_FULL && now > spoilt && writes;
      if (hit && fault == Fault.KILLED) {
        throw new Killed();
      }
      if (hit && fault != Fault.KILLED_WITHIN) {
        throw new IOException("no space left on device");
      }
      return hit;
    }

    @Override
    void overwrite(Path file, byte[] before, byte[] bytes, boolean durably) throws IOException {
      if (step(true)) {
        // Half of it is written over the old bytes.
        byte[] now = Files.readAllBytes(file);
        int half = (now.length + bytes.length) / 4;
        System.arraycopy(bytes, 0, now, 0, Math.min(half, Math.min(now.length, bytes.length)));
        Files.write(file, now);
        throw new Killed();
      }
      super.overwrite(file, before, bytes, durably);
    }

    @Override
    void writeDurably(Path file, List<byte[]> parts) throws IOException {
      if (step(true)) {
        super.writeDurably(file, parts.subList(0, parts.size() / 2));
        throw new Killed();
      }
      super.writeDurably(file, parts);
    }

    @Override
    void replace(Path from, Path to) throws IOException {
      boolean hit = step(false);
      super.replace(from, to);
      if (hit) {
        throw new Killed();
      }
    }

    @Override
    void delete(Path file) throws IOException {
      boolean hit = step(false);
      super.delete(file);
      if (hit) {
        throw new Killed();
      }
    }

    @Override
    void sync(Path directory) throws IOException {
      if (step(false)) {
        throw new Killed();
      }
      super.sync(directory);
    }
  }

  @BeforeEach
  void repository() {
    WorkTree.in(root);
  }

  private void old() throws IOException {
    for (String file : FILES) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), "old " + file);
    }
  }

  private static List<Change> changes() {
    return FILES.stream().map(f -> new Change(f, ("old " + f).getBytes(), ("new and longer " + f).getBytes())).toList();
  }

  /** {@code old}, {@code new} or {@code mixed}; nothing else may lie about. */
  private String state() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("plasmite-bump") && !n.endsWith(".lock"))).isEmpty();
    }
    return words();
  }

  private String words() throws IOException {
    StringBuilder words = new StringBuilder();
    for (String file : FILES) {
      words.append(Files.readString(root.resolve(file)), 0, 3).append(' ');
    }
    return switch (words.toString()) {
      case "old old old " -> "old";
      case "new new new " -> "new";
      default -> "mixed: " + words;
    };
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void stoppedAtAnyStepTheTreeIsOldOrNewAfterTheNextRun(Fault fault) throws IOException {
    int steps = steps();
    assertThat(steps).isGreaterThan(7);
    int old = 0;
    int renewed = 0;
    for (int step = 0; step < steps; step++) {
      old();
      Throwable thrown = catchThrowable(spoilt(step, fault));
      if (fault == Fault.ERROR || fault == Fault.DISK_FULL) {
        assertThat(thrown).as("step %d", step).isInstanceOf(OutsideFailure.class);
      } else {
        assertThat(thrown).as("step %d", step).isInstanceOf(Killed.class);
      }
      recovery();
      String state = state();
      assertThat(state).as("%s at step %d", fault, step).isIn("old", "new");
      old += state.equals("old") ? 1 : 0;
      renewed += state.equals("new") ? 1 : 0;
      assertThat(recovery()).as("nothing is left to do").isEmpty();
    }
    assertThat(old).isPositive();
    assertThat(renewed).isPositive();
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = {"KILLED", "KILLED_WITHIN"})
  void theRecoveryItselfMayBeKilledAtAnyStep(Fault fault) throws IOException {
    int steps = steps();
    for (int first = 0; first < steps; first++) {
      for (int second = 0; second < 9; second++) {
        old();
        catchThrowable(spoilt(first, Fault.KILLED));
        int step = second;
        catchThrowable(() -> new Transaction(root, new SpoiltDisk(step, fault)).recover());
        recovery();
        assertThat(state()).as("killed at %d, then at %d", first, second).isIn("old", "new");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void manyFilesThatAreWrittenSideBySideAreOldOrNewToo(Fault fault) throws IOException {
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(new Change("many/" + i, ("old " + i).getBytes(), ("new and longer " + i).getBytes()));
    }
    Files.createDirectories(root.resolve("many"));
    for (int step = 4; step < 204; step += 33) {
      for (Change change : many) {
        Files.write(root.resolve(change.path()), change.before());
      }
      int spoilt = step;
      assertThat(catchThrowable(() -> new Transaction(root, new SpoiltDisk(spoilt, fault)).apply(many))).as("step %d", step).isNotNull();
      recovery();
      for (Change change : many) {
        assertThat(root.resolve(change.path())).as("%s at step %d", fault, step).hasBinaryContent(change.before());
      }
    }
    new Transaction(root).apply(many);
    for (Change change : many) {
      assertThat(root.resolve(change.path())).hasBinaryContent(change.after());
    }
  }

  @Test
  void aFailureThatCanBeUndoneAtOnceIs() throws IOException {
    int steps = steps();
    for (int step = 0; step < steps; step++) {
      old();
      catchThrowable(spoilt(step, Fault.ERROR));
      assertThat(words()).as("step %d", step).isIn("old", "new");
      recovery();
    }
  }

  @Test
  void aFileThatChangedAfterTheCrashIsNotOverwritten() throws IOException {
    old();
    int killed = 0;
    for (int step = 0; killed == 0; step++) {
      catchThrowable(spoilt(step, Fault.KILLED));
      if (words().startsWith("mixed")) {
        killed = step;
      } else {
        recovery();
        old();
      }
    }
    Files.writeString(root.resolve("sub/deep/c.txt"), "mine");
    assertThatThrownBy(this::recovery)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("sub/deep/c.txt  an earlier bump was stopped half way, and this file was changed since");
    assertThat(root.resolve("sub/deep/c.txt")).hasContent("mine");
    Files.writeString(root.resolve("sub/deep/c.txt"), "old sub/deep/c.txt");
    recovery();
    assertThat(state()).isEqualTo("old");
  }

  @Test
  void aDiskThatIsFullFromTheSecondFileOnLeavesTheWayBackToTheNextRun() throws IOException {
    old();
    int steps = steps();
    old();
    Throwable thrown = catchThrowable(spoilt(steps - 3, Fault.DISK_FULL));
    assertThat(thrown).isInstanceOf(OutsideFailure.class).hasMessageContaining("no space left on device");
    recovery();
    assertThat(state()).isEqualTo("old");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void permissionsStay() throws IOException {
    old();
    Files.setPosixFilePermissions(root.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-x--x"));
    new Transaction(root).apply(changes());
    assertThat(state()).isEqualTo("new");
    assertThat(Files.getPosixFilePermissions(root.resolve("a.txt"))).isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
  }

  private Optional<String> recovery() {
    return new Transaction(root, new SpoiltDisk(Integer.MAX_VALUE, Fault.KILLED)).recover();
  }

  private int steps() throws IOException {
    old();
    SpoiltDisk counting = new SpoiltDisk(Integer.MAX_VALUE, Fault.KILLED);
    new Transaction(root, counting).apply(changes());
    assertThat(state()).isEqualTo("new");
    return counting.steps;
  }

  private org.assertj.core.api.ThrowableAssert.ThrowingCallable spoilt(int step, Fault fault) {
    return () -> new Transaction(root, new SpoiltDisk(step, fault)).apply(changes());
  }
}
