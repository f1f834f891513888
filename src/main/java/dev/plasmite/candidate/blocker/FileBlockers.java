package dev.plasmite.candidate.blocker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Blockers in a JSON file of the repository, which needs nothing and travels with it: {@code {"version": 1,
 * "blockers": [{"id": "1", "release": "1.2.0", "title": "...", "state": "open", "body": "..."}]}}. People may edit it;
 * a blocker without {@code release} blocks every release.
 */
public final class FileBlockers implements Blockers {

  /** Where the file is when nothing else is configured, relative to the repository. */
  public static final String DEFAULT_PATH = ".plasmite/blockers.json";

  private final Path root;
  private final String path;
  private final Redactor redactor;
  private final Clock clock;
  private final ObjectMapper mapper = StrictJson.mapper();

  /**
   * A home.
   *
   * @param path relative to the root; a file that is not there holds no blockers
   */
  public FileBlockers(Path root, String path, Redactor redactor, Clock clock) {
    this.root = root;
    this.path = path;
    this.redactor = redactor;
    this.clock = clock;
  }

  @Override
  public String home() {
    return "the file " + path;
  }

  @Override
  public List<Blocker> open(SemVer version) {
    List<Blocker> open = new ArrayList<>();
    for (JsonNode blocker : blockers(read())) {
      if (isOpen(blocker) && concerns(blocker, version)) {
        open.add(new Blocker(text(blocker, "id"), text(blocker, "title"), Place.file(path)));
      }
    }
    return List.copyOf(open);
  }

  @Override
  public void file(GateFailure failure) {
    ObjectNode document = read();
    ArrayNode blockers = blockers(document);
    ObjectNode found = null;
    long highest = 0;
    for (JsonNode blocker : blockers) {
      String id = text(blocker, "id");
      highest = id.matches("[0-9]{1,9}") ? Math.max(highest, Long.parseLong(id)) : highest;
      if (isOpen(blocker) && text(blocker, "title").equals(failure.title())) {
        found = (ObjectNode) blocker;
      }
    }
    if (found == null) {
      found = blockers.addObject().put("id", Long.toString(highest + 1)).put("release", failure.version().toString());
      found.put("title", failure.title()).put("state", "open").put("filed", clock.instant().toString());
    }
    found.put("body", failure.body(redactor));
    write(document);
  }

  @Override
  public void close(String id, String who, String why) {
    ObjectNode document = read();
    for (JsonNode blocker : blockers(document)) {
      if (text(blocker, "id").equals(id)) {
        ((ObjectNode) blocker).put("state", "closed").put("closedBy", who).put("closedBecause", redactor.redact(why));
        ((ObjectNode) blocker).put("closed", clock.instant().toString());
        write(document);
        return;
      }
    }
    throw new Refusal(Finding.of("there is no blocker " + id + " in " + path).at(Place.file(path)));
  }

  private ObjectNode read() {
    try {
      JsonNode node = mapper.readTree(Files.readAllBytes(root.resolve(path)));
      if (!(node instanceof ObjectNode document) || document.path("version").asInt() != 1) {
        throw damaged(0, "it is no list of blockers of version 1");
      }
      return document;
    } catch (NoSuchFileException e) {
      ObjectNode fresh = mapper.createObjectNode().put("version", 1);
      fresh.putArray("blockers");
      return fresh;
    } catch (JsonProcessingException e) {
      throw damaged(e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + path, e);
    }
  }

  private void write(ObjectNode document) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    printer.indentArraysWith(lines);
    printer.indentObjectsWith(lines);
    Path file = root.resolve(path);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(fresh, mapper.writer(printer).writeValueAsString(document) + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + path, e);
    }
  }

  private ArrayNode blockers(ObjectNode document) {
    if (document.path("blockers") instanceof ArrayNode blockers) {
      return blockers;
    }
    throw damaged(0, "it has no list of blockers");
  }

  private boolean isOpen(JsonNode blocker) {
    String state = text(blocker, "state");
    if (!state.equals("open") && !state.equals("closed")) {
      throw damaged(0, "a blocker's state is '" + state + "', neither open nor closed");
    }
    return state.equals("open");
  }

  private boolean concerns(JsonNode blocker, SemVer version) {
    return !blocker.has("release") || text(blocker, "release").equals(version.toString());
  }

  private String text(JsonNode blocker, String field) {
    if (!blocker.path(field).isTextual()) {
      throw damaged(0, "a blocker has no text '" + field + "'");
    }
    return blocker.get(field).textValue();
  }

  private Refusal damaged(int line, String why) {
    return new Refusal(
        Finding.of("cannot read the blockers in " + path + ": " + why)
            .at(new Place(path, Math.max(0, line), 0))
            .remedy("mend it, or take its last good state: git restore " + path));
  }
}
