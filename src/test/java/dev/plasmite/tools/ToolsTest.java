package dev.plasmite.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {

  @TempDir Path directory;

  /** Makes the tool of a directory as a fork would; fails when it finds one that is half made. */
  public static final class Fork {

    private Fork() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Path all = Path.of(args[0]);
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> {
          try {
            make(all);
          } catch (IOException | RuntimeException e) {
            failures.add(e);
          }
        });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      failures.forEach(Throwable::printStackTrace);
      System.exit(failures.isEmpty() ? 0 : 1);
    }
  }

  private static void make(Path all) throws IOException {
    Path tool = Tools.made(all.resolve("tool"), "recipe", () -> true, () -> {
      Files.writeString(all.resolve("made"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(all.resolve("tool/first"), "1");
      LockSupport.parkNanos(300_000_000);
      Files.writeString(all.resolve("tool/second"), "2");
    });
    if (!Files.exists(tool.resolve("second"))) {
      throw new IOException("half made");
    }
  }

  @Test
  void isMadeOnceByAllThreadsOfAllForks() throws IOException, InterruptedException {
    List<Process> forks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      forks.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                  System.getProperty("java.class.path"), Fork.class.getName(), directory.toString())
              .inheritIO()
              .start());
    }
    for (Process fork : forks) {
      assertThat(fork.waitFor()).isZero();
    }
    assertThat(directory.resolve("made")).hasContent("x");
  }

  @Test
  void whatWasLeftHalfMadeIsMadeAnew() throws IOException {
    assertThatThrownBy(() -> Tools.made(directory.resolve("tool"), "recipe", () -> true, () -> {
      Files.writeString(directory.resolve("tool/left"), "");
      throw new IOException("no network");
    })).hasMessage("no network");

    make(directory);

    assertThat(directory.resolve("made")).hasContent("x");
    assertThat(directory.resolve("tool/left")).doesNotExist();
  }

  @Test
  void anotherRecipeOrOneThatNoLongerRunsIsMadeAnew() throws IOException {
    make(directory);
    make(directory);
    assertThat(directory.resolve("made")).hasContent("x");
    List<String> made = new ArrayList<>();
    Tools.made(directory.resolve("tool"), "other", () -> true, () -> made.add("other"));
    Tools.made(directory.resolve("tool"), "other", () -> true, () -> made.add("again"));
    assertThat(made).containsExactly("other");
    Tools.made(directory.resolve("tool"), "other", () -> false, () -> made.add("mended"));
    assertThat(made).containsExactly("other", "mended");
    assertThat(directory.resolve("tool/second")).doesNotExist();
  }
}
