package dev.plasmite.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
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

/**
 * What a gate leaves behind in {@code evidence/perf}: {@code samples.json} (raw), {@code result.json} (the verdict) of
 * the newest comparison, both also under {@code runs/}, and {@code history.jsonl}, to which every comparison adds a
 * line, so that a rerun is never hidden.
 */
final class PerfEvidence {

  private final ObjectMapper mapper = StrictJson.mapper();
  private final Path directory;

  PerfEvidence(Path evidence) {
    this.directory = evidence.resolve("perf");
  }

  /**
   * A comparison that ended.
   *
   * @param kind {@code gate}, {@code aa}, {@code selftest} or {@code anchor}
   * @param verdict what the gate said
   * @param recording all that was measured
   * @param judgement what the samples say
   * @param findings what the maintainer is told
   * @param ended when
   */
  record Comparison(
      String kind, Verdict verdict, Recording recording, Judgement judgement, List<Finding> findings, Instant ended) {}

  /**
   * Writes a comparison.
   *
   * @return hex sha256 of the raw samples
   * @throws OutsideFailure when it cannot be written
   */
  String write(Comparison c) {
    byte[] samples = new RecordingFile().write(c.recording());
    String sha256 = Digests.sha256(samples);
    try {
      byte[] result = pretty(result(c, sha256));
      String suffix = c.kind().equals("gate") ? "" : "-" + c.kind();
      String run = "runs/" + c.ended().toString().replaceAll("[^0-9TZ]", "") + suffix + "-" + sha256.substring(0, 8);
      place("samples" + suffix + ".json", samples);
      place("result" + suffix + ".json", result);
      place(run + "-samples.json", samples);
      place(run + "-result.json", result);
      Files.writeString(
          directory.resolve("history.jsonl"),
          mapper.writeValueAsString(line(c, sha256)) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write the performance evidence to " + directory, e);
    }
    return sha256;
  }

  /** One warning for each earlier comparison of the same two commits that did not pass. */
  List<Finding> earlier(Recording.Version base, Recording.Version candidate) {
    Path history = directory.resolve("history.jsonl");
    List<Finding> out = new ArrayList<>();
    if (!Files.exists(history)) {
      return out;
    }
    try {
      for (String line : Files.readAllLines(history)) {
        JsonNode run = mapper.readTree(line);
        if (run.path("kind").asText().equals("gate")
            && run.path("base").asText().equals(base.commit())
            && run.path("candidate").asText().equals(candidate.commit())
            && !run.path("verdict").asText().equals(Verdict.PASSED.id())) {
          out.add(
              Finding.warning(
                  "an earlier comparison of these commits was " + run.path("verdict").asText() + " at "
                      + run.path("ended").asText() + " after " + run.path("pairs").asInt() + " pairs"));
        }
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + history, e);
    }
    return out;
  }

  private ObjectNode line(Comparison c, String sha256) {
    ObjectNode line = mapper.createObjectNode();
    line.put("kind", c.kind());
    line.put("ended", c.ended().toString());
    line.put("verdict", c.verdict().id());
    line.put("base", c.recording().base().commit());
    line.put("candidate", c.recording().candidate().commit());
    line.put("pairs", c.judgement().pairs());
    line.put("pairNoise", finite(c.judgement().pairNoise()));
    line.put("samplesSha256", sha256);
    return line;
  }

  private ObjectNode result(Comparison c, String sha256) {
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", 1);
    root.setAll(line(c, sha256));
    root.put("outcome", c.judgement().outcome().name().toLowerCase(java.util.Locale.ROOT));
    root.put("baseName", c.recording().base().name());
    root.put("candidateName", c.recording().candidate().name());
    root.put("steady", c.judgement().steady());
    root.set("shifts", mapper.valueToTree(c.judgement().shifts()));
    c.recording().criteria().ifPresent(criteria -> root.set("criteria", mapper.valueToTree(criteria)));
    var rows = root.putArray("scenarios");
    for (Judgement.Row r : c.judgement().scenarios()) {
      rows.addObject()
          .put("key", r.key())
          .put("gated", r.gated())
          .put("state", r.state().name().toLowerCase(java.util.Locale.ROOT))
          .put("pairs", r.pairs())
          .put("baseMs", r.baseMs())
          .put("candidateMs", r.candidateMs())
          .put("ratio", r.ratio())
          .put("fastRatio", r.fastRatio())
          .put("upper", r.upper())
          .put("lower", r.lower())
          .put("pairNoise", r.pairNoise());
    }
    var findings = root.putArray("findings");
    for (Finding f : c.findings()) {
      findings.addObject()
          .put("severity", f.severity().name().toLowerCase(java.util.Locale.ROOT))
          .put("what", f.what())
          .put("place", f.place() == null ? "" : f.place().toString())
          .put("remedy", f.remedy());
    }
    root.set("host", mapper.valueToTree(new java.util.TreeMap<>(c.recording().host())));
    return root;
  }

  /** JSON has no NaN: what is not known is null. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private byte[] pretty(ObjectNode root) throws JsonProcessingException {
    return (mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
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
