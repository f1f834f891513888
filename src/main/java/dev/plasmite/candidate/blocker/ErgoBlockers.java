package dev.plasmite.candidate.blocker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Blockers in the ergo backlog of the repository, through its own client: the epic "Release blockers: vX.Y.Z" and the
 * tasks in it. Only {@code done} and {@code canceled} close one; ergo itself also calls a failed task finished.
 *
 * <p>Speaks version 1 of {@code ergo list --json} (ergo 4.2 or newer; ergo's docs/spec.md).
 */
public final class ErgoBlockers implements Blockers {

  private static final Set<String> CLOSED = Set.of("done", "canceled");
  private static final Set<String> OPEN = Set.of("draft", "todo", "doing", "blocked", "failed", "error", "active");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path root;
  private final String executable;
  private final Processes processes;
  private final Redactor redactor;
  private final ObjectMapper mapper = StrictJson.mapper();

  /**
   * A home.
   *
   * @param root where the backlog is
   * @param executable ergo's name or path
   */
  public ErgoBlockers(Path root, String executable, Processes processes, Redactor redactor) {
    this.root = root;
    this.executable = executable;
    this.processes = processes;
    this.redactor = redactor;
  }

  @Override
  public String home() {
    return "the ergo backlog";
  }

  @Override
  public List<Blocker> open(SemVer version) {
    List<Item> all = list();
    List<Blocker> open = new ArrayList<>();
    for (Item task : all) {
      boolean ours = all.stream().anyMatch(e -> e.isEpicOf(version) && e.id().equals(task.epic()));
      if (ours && !CLOSED.contains(task.state())) {
        open.add(new Blocker(task.id(), task.title(), Place.file("ergo " + task.id())));
      }
    }
    return List.copyOf(open);
  }

  @Override
  public void file(GateFailure failure) {
    String body = failure.body(redactor);
    List<Blocker> same =
        open(failure.version()).stream().filter(b -> b.title().equals(failure.title())).toList();
    if (!same.isEmpty()) {
      run(body, "body", same.get(0).id());
      return;
    }
    List<Item> epics = list().stream().filter(e -> e.isEpicOf(failure.version())).toList();
    if (epics.isEmpty()) {
      withFile(
          // A line of three dashes would begin another task.
          "# " + failure.title() + "\n\n" + body.replaceAll("(?m)^---$", "- - -"),
          file -> run("", "new", "epic", epicTitle(failure.version()), "--file", file.toString()));
    } else {
      run(body, "new", "task", failure.title(), "--epic", epics.get(0).id());
    }
  }

  @Override
  public void close(String id, String who, String why) {
    run("", "done", id, "-m", redactor.redact(who + ": " + why));
  }

  /** One item of the list. */
  private record Item(String id, String title, String kind, String state, String epic) {

    boolean isEpicOf(SemVer version) {
      return kind.equals("epic") && title.equals(epicTitle(version));
    }
  }

  private static String epicTitle(SemVer version) {
    return "Release blockers: " + version.tag();
  }

  private List<Item> list() {
    String out = run("", "list", "--all", "--json");
    try {
      JsonNode document = mapper.readTree(out);
      if (document == null || document.path("version").asInt() != 1 || !document.path("items").isArray()) {
        throw new OutsideFailure("ergo list --json printed another form than version 1");
      }
      List<Item> items = new ArrayList<>();
      for (JsonNode item : document.get("items")) {
        Item read =
            new Item(
                text(item, "id"),
                text(item, "title"),
                text(item, "kind"),
                item.path("state").asText(""),
                item.path("epic_id").asText(""));
        if (read.kind().equals("task") && !CLOSED.contains(read.state()) && !OPEN.contains(read.state())) {
          throw new OutsideFailure("ergo says task " + read.id() + " is '" + read.state() + "', which means nothing here");
        }
        items.add(read);
      }
      return items;
    } catch (IOException e) {
      throw new OutsideFailure("ergo list --json did not print JSON; is it ergo 4.2 or newer?", e);
    }
  }

  private String text(JsonNode item, String field) {
    if (!item.path(field).isTextual()) {
      throw new OutsideFailure("ergo list --json printed an item without '" + field + "'");
    }
    return item.get(field).textValue();
  }

  private String run(String input, String... arguments) {
    Command command = Command.of(root, List.of(executable)).plus(arguments).within(LIMIT);
    String path = System.getenv("PATH");
    Exit exit =
        processes.run(
            path == null ? command : command.with(Map.of("PATH", path)), input.getBytes(StandardCharsets.UTF_8));
    if (!exit.ok()) {
      throw new OutsideFailure(
          "ergo " + arguments[0] + (exit.timedOut() ? " did not end" : " failed: " + exit.tail(3).replaceAll("\\R", " ")));
    }
    return exit.out();
  }

  private interface WithFile {
    void use(Path file);
  }

  private static void withFile(String text, WithFile use) {
    try {
      Path file = Files.createTempFile("plasmite-blocker", ".md");
      try {
        Files.writeString(file, text);
        use.use(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot write a scratch file for ergo", e);
    }
  }
}
