package dev.plasmite.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

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

  private final String mark;

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
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        if (marked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(out::add);
        }
      }
    } catch (IOException e) {
      return out;
    }
    return out;
  }

  private boolean marked(Path process) {
    try {
      String environment = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + VARIABLE + "=" + mark + "\0");
    } catch (IOException e) {
      return false; // another user's, or gone already
    }
  }
}
