package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Journal.Entry;
import dev.plasmite.gate.Journal.Event;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lines of the ledger as the stages that wrote them know them. */
final class JournalEntries {

  /** The fields that the ledger itself writes into each line. */
  private static final Set<String> OWN = Set.of("seq", "prev", "at", "event", "sum");

  private JournalEntries() {}

  /** A line that a stage wrote; nothing for a verdict, which is the train's. */
  static Optional<Entry> of(JsonNode line) {
    String event = line.path("event").asText();
    return Stream.of(Event.values())
        .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(event))
        .findFirst()
        .map(e -> new Entry(e, line.path("at").asText(), facts(line)));
  }

  private static Map<String, String> facts(JsonNode line) {
    Map<String, String> facts = new TreeMap<>();
    line.properties().stream()
        .filter(field -> field.getValue().isTextual() && !OWN.contains(field.getKey()))
        .forEach(field -> facts.put(field.getKey(), field.getValue().asText()));
    return facts;
  }
}
