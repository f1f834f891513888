package dev.plasmite.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import dev.plasmite.perf.Recording.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recordings as JSON, schema 1: {@code {"schema":1,"order":"BCCB","scenarios":[{"key":..,"base":[ms,..],
 * "candidate":[ms,..]}]}}, arrays in time order. Of a foreign file no more than that is needed; {@code final} and
 * {@code max_pairs} are understood. docs/perf-gate.md has all members.
 */
final class RecordingFile {

  private final ObjectMapper mapper = StrictJson.mapper();

  /** The bytes of a recording; the same recording has the same ones. */
  byte[] write(Recording r) {
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", 1);
    root.put("order", r.order());
    root.put("final", r.last());
    root.put("stopped", r.stopped());
    r.failures().forEach(root.putArray("failures")::add);
    root.set("base", version(r.base()));
    root.set("candidate", version(r.candidate()));
    r.criteria().ifPresent(c -> root.set("criteria", mapper.valueToTree(c)));
    ArrayNode scenarios = root.putArray("scenarios");
    for (Scenario s : r.scenarios()) {
      ObjectNode row = scenarios.addObject();
      row.put("key", s.key());
      row.put("role", s.role());
      row.put("unit", s.unit());
      row.put("metric", s.metric());
      numbers(row.putArray("base"), s.base());
      numbers(row.putArray("candidate"), s.candidate());
      if (!s.otherBase().isEmpty() || !s.otherCandidate().isEmpty()) {
        String other = s.metric().equals("cpu") ? "wall" : "cpu";
        numbers(row.putArray("base_" + other), s.otherBase());
        numbers(row.putArray("candidate_" + other), s.otherCandidate());
      }
    }
    ArrayNode runs = root.putArray("runs");
    for (Recording.Run run : r.runs()) {
      ObjectNode row = runs.addObject();
      row.put("side", run.side());
      row.put("pair", run.pair());
      row.put("counted", run.counted());
      row.put("started", run.started().toString());
      row.put("seconds", run.seconds());
      row.set("host", mapper.valueToTree(run.host().facts()));
    }
    root.set("host", mapper.valueToTree(new java.util.TreeMap<>(r.host())));
    try {
      return (mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }

  /** Hex sha256 of the bytes of a recording. */
  String sha256(Recording r) {
    return Digests.sha256(write(r));
  }

  /**
   * Reads a recording.
   *
   * @param text the file's content
   * @param name the file's name, for messages
   * @throws Refusal with all that is wrong with it
   */
  Recording read(String text, String name) {
    List<Finding> wrong = new ArrayList<>();
    JsonNode root;
    try {
      root = mapper.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text); // as some editors save it
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw new Refusal(
          Finding.of("not JSON: " + e.getOriginalMessage()).at(new Place(name, line, column))
              .remedy("give a file of recorded samples"));
    }
    if (root == null || !root.path("schema").isInt() || root.path("schema").intValue() != 1
        || !root.path("scenarios").isArray()) {
      throw new Refusal(
          Finding.of("no recorded samples: it has no \"schema\":1 and list \"scenarios\"").at(Place.file(name))
              .remedy("give the samples.json of a performance gate"));
    }
    costs(root, "unit", "ms", name, wrong);
    costs(root, "better", "lower", name, wrong);
    List<Scenario> scenarios = new ArrayList<>();
    for (JsonNode row : root.path("scenarios")) {
      costs(row, "better", "lower", name, wrong);
      scenario(row, scenarios.size() + 1, name, wrong).ifPresent(scenarios::add);
    }
    String order = root.path("order").asText("");
    if (!order.matches("[BC]*")) {
      wrong.add(Finding.of("\"order\" has other letters than B and C").at(Place.file(name)));
    }
    order(order, scenarios).ifPresent(problem -> wrong.add(Finding.of(problem).at(Place.file(name))
        .remedy("the runs must be made in pairs, one of each side, and be written in time order")));
    Optional<Criteria> criteria = criteria(root, name, wrong);
    if (!wrong.isEmpty()) {
      throw new Refusal(wrong);
    }
    int pairs = scenarios.stream().mapToInt(s -> s.paired().pairs()).max().orElse(0);
    int cap = root.path("max_pairs").asInt(criteria.map(Criteria::cap).orElse(PairConstants.MOST));
    boolean last = root.has("final") ? root.path("final").asBoolean() : pairs >= cap;
    return new Recording(
        version(root.path("base")), version(root.path("candidate")), criteria, order, last,
        root.path("stopped").asText(""), failures(root, name), scenarios, List.of(), host(root.path("host")));
  }

  /** Recorded samples are costs in milliseconds; a file that says otherwise must not be judged the wrong way round. */
  private static void costs(JsonNode of, String member, String only, String name, List<Finding> wrong) {
    if (of.has(member) && !of.path(member).asText().equals(only)) {
      wrong.add(Finding.of("\"" + member + "\" is " + of.path(member) + ", and recorded samples are milliseconds, lower is"
          + " better").at(Place.file(name)).remedy("write costs: milliseconds for one operation"));
    }
  }

  private static List<String> failures(JsonNode root, String name) {
    List<String> out = new ArrayList<>();
    root.path("failures").forEach(f -> out.add(f.asText()));
    if (root.has("failures") && !root.path("failures").isArray() || out.contains("")) {
      throw new Refusal(Finding.of("\"failures\" is no list of sentences").at(Place.file(name)));
    }
    return out;
  }

  /** Why an order does not belong to the samples; a file need not have one. */
  private static Optional<String> order(String order, List<Scenario> scenarios) {
    if (order.isEmpty() || !order.matches("[BC]*")) {
      return Optional.empty();
    }
    if (!order.matches("(BC|CB)*")) {
      return Optional.of("\"order\" is " + shortened(order) + ", which is no pairs of runs");
    }
    int most = scenarios.stream().mapToInt(s -> Math.max(s.base().size(), s.candidate().size())).max().orElse(0);
    return order.length() / 2 == most || scenarios.isEmpty()
        ? Optional.empty()
        : Optional.of("\"order\" has " + order.length() / 2 + " pairs of runs, and the samples have " + most);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private Optional<Criteria> criteria(JsonNode root, String name, List<Finding> wrong) {
    if (!root.has("criteria")) {
      return Optional.empty();
    }
    try {
      Criteria criteria = mapper.treeToValue(root.path("criteria"), Criteria.class);
      List<String> problems = criteria == null ? List.of("\"criteria\" is empty") : criteria.problems();
      problems.forEach(problem -> wrong.add(Finding.of(problem).at(Place.file(name))));
      return Optional.ofNullable(criteria).filter(c -> problems.isEmpty());
    } catch (JsonProcessingException e) {
      wrong.add(Finding.of("\"criteria\" cannot be read: " + e.getOriginalMessage()).at(Place.file(name)));
      return Optional.empty();
    }
  }

  private static Optional<Scenario> scenario(JsonNode row, int number, String name, List<Finding> wrong) {
    String key = row.path("key").asText("");
    if (key.isEmpty()) {
      wrong.add(Finding.of("scenario " + number + " has no key").at(Place.file(name)));
      return Optional.empty();
    }
    String metric = row.path("metric").asText("wall");
    String role = row.path("role").asText(Scenario.GATED);
    if (!metric.equals("wall") && !metric.equals("cpu")) {
      wrong.add(Finding.of("scenario " + key + " has the metric '" + metric + "'").at(Place.file(name))
          .remedy("wall or cpu"));
    }
    if (!role.equals(Scenario.GATED) && !role.equals(Scenario.ADVISORY) && !role.startsWith(Scenario.WAIVED)) {
      wrong.add(Finding.of("scenario " + key + " has the role '" + role + "'").at(Place.file(name))
          .remedy("gated, advisory, or 'waived: ' and a name"));
    }
    String other = metric.equals("cpu") ? "wall" : "cpu";
    return Optional.of(
        new Scenario(
            key,
            row.path("unit").asText("ms"),
            metric,
            role,
            numbers(row, "base", true, key, name, wrong),
            numbers(row, "candidate", true, key, name, wrong),
            numbers(row, "base_" + other, false, key, name, wrong),
            numbers(row, "candidate_" + other, false, key, name, wrong)));
  }

  private static List<Double> numbers(
      JsonNode row, String member, boolean needed, String key, String name, List<Finding> wrong) {
    List<Double> out = new ArrayList<>();
    if (!row.path(member).isArray() && (needed || row.has(member))) {
      wrong.add(Finding.of("scenario " + key + " has no list \"" + member + "\"").at(Place.file(name)));
    }
    for (JsonNode value : row.path(member)) {
      if (!value.isNumber()) {
        wrong.add(Finding.of("scenario " + key + " has the value " + value + " in \"" + member + "\"")
            .at(Place.file(name)));
        continue;
      }
      out.add(value.doubleValue());
    }
    return out;
  }

  private static void numbers(ArrayNode to, List<Double> values) {
    values.forEach(v -> to.add(v.doubleValue()));
  }

  private ObjectNode version(Recording.Version version) {
    return mapper.createObjectNode().put("name", version.name()).put("commit", version.commit());
  }

  private static Recording.Version version(JsonNode node) {
    return new Recording.Version(node.path("name").asText(""), node.path("commit").asText(""));
  }

  private static Map<String, String> host(JsonNode node) {
    Map<String, String> out = new LinkedHashMap<>();
    node.properties().forEach(f -> out.put(f.getKey(), f.getValue().asText()));
    return out;
  }
}
