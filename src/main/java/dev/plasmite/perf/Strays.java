package dev.plasmite.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that a build or a run leaves behind: daemons that left the process tree. They would disturb what is measured
 * next, and outlive the gate. All that a gate starts carries a mark in its environment, which is inherited; on Linux it
 * is read back from /proc (proc(5)). Elsewhere only the process tree itself is ended.
 */
final class Strays {

  /** The mark's variable; its value is as long for every side and run. */
  static final String VARIABLE = "PLASMITE_PERF_GATE";

  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 5;

  /** How long a process may be on its way from one program to another; on a busy machine it may have to wait there. */
  private static final Duration CHANGING = Duration.ofMillis(200);

  private final String mark;

  /** Processes that have no environment at all, and not only for a moment. */
  private final Set<Path> bare = new HashSet<>();

  /** Those of a new gate. */
  Strays() {
    this(UUID.randomUUID().toString());
  }

  /** Those of the gate with that mark. */
  Strays(String mark) {
    this.mark = mark;
  }

  String mark() {
    return mark;
  }

  /** An environment with the mark. */
  Map<String, String> marked(Map<String, String> environment) {
    Map<String, String> out = new TreeMap<>(environment);
    out.put(VARIABLE, mark);
    return out;
  }

  /** Ends all that carry the mark; a process that starts another one meanwhile is found in the next round. */
  void end() {
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> found = find();
      if (found.isEmpty()) {
        return;
      }
      found.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> find() {
    List<ProcessHandle> out = new ArrayList<>();
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return out;
    }
    List<Path> changing = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        String environment = environment(process);
        if (marked(environment)) {
          handle(process).ifPresent(out::add);
        } else if (environment.isEmpty() && !bare.contains(process) && lives(process)) {
          changing.add(process);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return out;
    }
    await(changing).stream().filter(process -> marked(environment(process))).forEach(process -> handle(process).ifPresent(out::add));
    return out;
  }

  /** A process that is just becoming another program has no environment for a moment: it is looked at again until it has. */
  private List<Path> await(List<Path> changing) {
    List<Path> open = new ArrayList<>(changing);
    long until = System.nanoTime() + CHANGING.toNanos();
    open.removeIf(process -> !environment(process).isEmpty() || !lives(process));
    while (!open.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
      open.removeIf(process -> !environment(process).isEmpty() || !lives(process));
    }
    bare.addAll(open);
    return changing;
  }

  private static Optional<ProcessHandle> handle(Path process) {
    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
  }

  private boolean marked(String environment) {
    return ("\0" + environment).contains("\0" + VARIABLE + "=" + mark + "\0");
  }

  /** Empty when there is none, and when it is another user's or gone already. */
  private static String environment(Path process) {
    return text(process.resolve("environ"));
  }

  /** Whether it has memory of its own, which neither the kernel's threads nor what is left of an ended process has. */
  private static boolean lives(Path process) {
    String size = text(process.resolve("statm"));
    return !size.isEmpty() && !size.startsWith("0 ") && Files.isReadable(process.resolve("environ"));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
