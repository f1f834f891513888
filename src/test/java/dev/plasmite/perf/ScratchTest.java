package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.client.Command;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  @TempDir Path temp;

  @Test
  void whatAProcessStillWritesWhileTheDirectoryIsRemovedIsRemovedToo() throws Exception {
    Scratch scratch = new Scratch(temp);
    scratch.make();
    Path target = Files.createDirectories(scratch.path("target"));
    Thread writer =
        new Thread(
            () -> {
              // By the clock, not by the number of files: the removal is patient for seconds, and a busy machine is slow.
              long until = System.nanoTime() + 500_000_000;
              for (int i = 0; System.nanoTime() < until; i++) {
                try {
                  Files.createDirectories(target);
                  Files.writeString(target.resolve("object-" + i), "x");
                  Thread.sleep(2);
                } catch (Exception e) {
                  return; // its directory went away under it
                }
              }
            });
    writer.start();
    scratch.close();
    writer.join();
    // What came after the removal is the writer's own; the removal itself got through.
    Scratch.remove(target.getParent());
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions")
  void oneDirectoryThatCannotBeRemovedKeepsNoOther() throws Exception {
    Scratch scratch = new Scratch(temp);
    scratch.make();
    Files.writeString(Files.createDirectories(scratch.path("a")).resolve("file"), "x");
    Files.writeString(Files.createDirectories(scratch.path("z")).resolve("file"), "x");
    Path stubborn = Files.createDirectories(scratch.path("m"));
    Files.writeString(stubborn.resolve("file"), "x");
    Processes processes = new Processes(Redactor.NONE);
    boolean immutable = processes.run(Command.of(temp, List.of("chattr", "+i", stubborn.resolve("file").toString())).inheriting()).ok();
    org.junit.jupiter.api.Assumptions.assumeTrue(immutable, "no file can be made immutable here");
    try {
      assertThatThrownBy(scratch::close).isInstanceOf(OutsideFailure.class);
      assertThat(scratch.path("a")).doesNotExist();
      assertThat(scratch.path("z")).doesNotExist();
    } finally {
      processes.run(Command.of(temp, List.of("chattr", "-i", stubborn.resolve("file").toString())).inheriting());
    }
  }
}
