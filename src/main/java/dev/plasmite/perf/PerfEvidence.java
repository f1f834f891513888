package dev.plasmite.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Verdict;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a gate leaves behind in {@code evidence/perf}: {@code samples.json} (raw), {@code result.json} (the verdict) and
 * {@code report.html} of the newest comparison, the first two also under {@code runs/}, and
 * {@code history.jsonl}, to which every comparison adds a
 * line, so that a rerun is never hidden.
 */
final class PerfEvidence {

  private static final String HISTORY = "history.jsonl";

  private final ObjectMapper mapper = StrictJson.mapper();
  private final Path directory;

  PerfEvidence(Path evidence) {
    this.directory = evidence.resolve("perf");
  }

  /**
   * Writes a comparison.
   *
   * @param ended when it ended
   * @throws OutsideFailure when it cannot be written
   */
  void write(PerfReport report, Instant ended) {
    byte[] samples = new RecordingFile().write(report.recording());
    try {
      byte[] result = pretty(result(report, ended));
      String suffix = report.kind().equals("gate") ? "" : "-" + report.kind();
      String run =
          "runs/" + ended.toString().replaceAll("[^0-9TZ]", "") + suffix + "-" + report.samplesSha256().substring(0, 8);
      place("samples" + suffix + ".json", samples);
      place("result" + suffix + ".json", result);
      place("report" + suffix + ".html", report.html().getBytes(StandardCharsets.UTF_8));
      place(run + "-samples.json", samples);
      place(run + "-result.json", result);
      append(mapper.writeValueAsString(line(report, ended)));
    } catch (IOException e) {
      throw new OutsideFailure("cannot write the performance evidence to " + directory, e);
    }
  }

  /** A line that a full disk cut short must not take this one with it. */
  private void append(String line) throws IOException {
    Path history = directory.resolve(HISTORY);
    boolean cut = Files.exists(history) && Files.size(history) > 0 && !Files.readString(history).endsWith("\n");
    Files.writeString(
        history, (cut ? "\n" : "") + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * All comparisons that left their line here, oldest first; one whose line cannot be read is of no kind.
   *
   * @throws OutsideFailure when they cannot be read
   */
  List<PerfReport.Past> history() {
    Path history = directory.resolve(HISTORY);
    List<PerfReport.Past> out = new ArrayList<>();
    try {
      for (String line : Files.exists(history) ? Files.readAllLines(history) : List.<String>of()) {
        JsonNode run = read(line);
        out.add(
            new PerfReport.Past(
                run.path("ended").asText(), run.path("kind").asText(), run.path("verdict").asText(),
                run.path("candidate").asText(), run.path("pairs").asInt(), run.path("pairNoise").asDouble(Double.NaN)));
      }
      return out;
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + history, e);
    }
  }

  private JsonNode read(String line) {
    try {
      return mapper.readTree(line);
    } catch (JsonProcessingException e) {
      return mapper.createObjectNode();
    }
  }

  /**
   * One warning for each earlier comparison of a candidate that did not pass: a rerun is never hidden. Those that ended
   * before anything was measured, as while a configuration is tried, are one together.
   */
  static List<Finding> reruns(List<PerfReport.Past> history, String candidate) {
    List<PerfReport.Past> blocked = history.stream()
        .filter(p -> p.kind().equals("gate") && p.candidate().equals(candidate))
        .filter(p -> !p.verdict().equals(Verdict.PASSED.id()))
        .toList();
    List<Finding> out = new ArrayList<>();
    blocked.stream().filter(p -> p.pairs() > 0).forEach(p -> out.add(Finding.warning(
        "an earlier comparison of this commit was " + p.verdict() + " at " + p.ended() + ", after " + p.pairs() + " pairs")));
    if (history.stream().anyMatch(p -> p.kind().isEmpty())) {
      out.add(Finding.warning("a line of " + HISTORY + " cannot be read, so an earlier comparison may be missing here")
          .at(Place.file(HISTORY)).remedy("remove the line"));
    }
    List<PerfReport.Past> unmeasured = blocked.stream().filter(p -> p.pairs() == 0).toList();
    if (!unmeasured.isEmpty()) {
      String last = unmeasured.get(unmeasured.size() - 1).ended();
      out.add(Finding.warning(unmeasured.size() == 1
          ? "an earlier comparison of this commit ended before a pair of runs, at " + last
          : unmeasured.size() + " earlier comparisons of this commit ended before a pair of runs, the last one at " + last));
    }
    return out;
  }

  private ObjectNode line(PerfReport r, Instant ended) {
    ObjectNode line = mapper.createObjectNode();
    line.put("kind", r.kind());
    line.put("ended", ended.toString());
    line.put("verdict", r.verdict().id());
    line.put("base", r.recording().base().commit());
    line.put("candidate", r.recording().candidate().commit());
    line.put("pairs", r.judgement().pairs());
    line.put("pairNoise", finite(r.judgement().pairNoise()));
    line.put("samplesSha256", r.samplesSha256());
    return line;
  }

  private ObjectNode result(PerfReport r, Instant ended) {
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", 1);
    root.setAll(line(r, ended));
    root.put("outcome", r.judgement().outcome().name().toLowerCase(Locale.ROOT));
    root.put("reason", r.judgement().reason());
    root.put("baseName", r.recording().base().name());
    root.put("candidateName", r.recording().candidate().name());
    root.put("overallRatio", finite(r.overall()));
    root.put("overallLow", finite(r.overallInterval()[0]));
    root.put("overallHigh", finite(r.overallInterval()[1]));
    root.put("suiteRuns", r.suiteRuns());
    root.put("drift", finite(RunStrip.drift(r.recording())));
    root.put("ruledOut", finite(r.ruledOut()));
    root.put("steady", r.judgement().steady());
    root.set("shifts", mapper.valueToTree(r.judgement().shifts()));
    root.set("criteria", mapper.valueToTree(r.criteria()));
    var rows = root.putArray("scenarios");
    for (Judgement.Row row : r.worstFirst()) {
      rows.addObject()
          .put("key", row.key())
          .put("gated", row.gated())
          .put("state", row.state().name().toLowerCase(Locale.ROOT))
          .put("pairs", row.pairs())
          .put("baseMs", row.baseMs())
          .put("candidateMs", row.candidateMs())
          .put("ratio", row.ratio())
          .put("fastRatio", row.fastRatio())
          .put("upper", row.upper())
          .put("lower", row.lower())
          .put("pairNoise", row.pairNoise());
    }
    var findings = root.putArray("findings");
    for (Finding f : r.findings()) {
      findings.addObject()
          .put("severity", f.severity().name().toLowerCase(Locale.ROOT))
          .put("what", f.what())
          .put("place", f.place() == null ? "" : f.place().toString())
          .put("remedy", f.remedy());
    }
    root.set("host", mapper.valueToTree(new TreeMap<>(r.recording().host())));
    return root;
  }

  /** JSON has no NaN: what is not known is null. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private byte[] pretty(ObjectNode root) throws JsonProcessingException {
    return (mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void place(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), ".perf", ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
