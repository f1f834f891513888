package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.json.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Verdicts as the ledger keeps them: a stage's result and what it is bound to, in one line. */
final class Verdicts {

  private final ObjectMapper json = StrictJson.mapper();

  /**
   * One verdict of the ledger.
   *
   * @param receipt the part that later stages ask for
   * @param result all of it, for the evidence
   * @param seconds how long the stage took
   * @param at when it ended
   */
  record Recorded(Receipt receipt, StageResult result, double seconds, Instant at) {}

  ObjectNode write(StageName stage, StageResult result, Receipt.Binding binding, double seconds) {
    ObjectNode line = json.createObjectNode();
    line.put("stage", stage.id());
    line.put("verdict", result.verdict().id());
    line.put("seconds", seconds);
    line.put("version", binding.version());
    line.put("commit", binding.commit());
    line.put("mode", binding.mode());
    line.put("configuration", binding.configuration());
    ObjectNode proof = line.putObject("proof");
    result.proof().forEach(proof::put);
    ArrayNode findings = line.putArray("findings");
    for (Finding finding : result.findings()) {
      ObjectNode node = findings.addObject();
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.put("what", finding.what());
      node.put("remedy", finding.remedy());
      if (finding.place() != null) {
        node.put("file", finding.place().file());
        node.put("line", finding.place().line());
        node.put("column", finding.place().column());
      }
    }
    ArrayNode channels = line.putArray("channels");
    for (ChannelReport channel : result.channels()) {
      ObjectNode node = channels.addObject();
      node.put("name", channel.name());
      node.put("tier", channel.tier());
      node.put("state", channel.state().id());
      ArrayNode artifacts = node.putArray("artifacts");
      for (ChannelReport.Shipped shipped : channel.artifacts()) {
        ObjectNode file = artifacts.addObject();
        file.put("file", shipped.file());
        file.put("sha256", shipped.sha256());
        file.put("publishedSha256", shipped.publishedSha256());
        file.put("deliveredSha256", shipped.deliveredSha256());
      }
      ArrayNode trials = node.putArray("trials");
      for (ChannelReport.Trial trial : channel.trials()) {
        trials.addObject().put("with", trial.with()).put("result", trial.result().id()).put("detail", trial.detail());
      }
    }
    return line;
  }

  /** All verdicts of a ledger, in time order. */
  List<Recorded> read(List<JsonNode> lines) {
    return lines.stream().filter(l -> Ledger.VERDICT.equals(l.path("event").asText())).map(Verdicts::read).toList();
  }

  /** The newest verdict of a stage for a binding. */
  Optional<Recorded> of(List<JsonNode> lines, StageName stage, Receipt.Binding binding) {
    return read(lines).stream()
        .filter(r -> r.receipt().stage() == stage && r.receipt().binding().equals(binding))
        .reduce((older, newer) -> newer);
  }

  private static Recorded read(JsonNode line) {
    StageName stage = StageName.valueOf(line.path("stage").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    Verdict verdict = Verdict.valueOf(line.path("verdict").asText().toUpperCase(Locale.ROOT));
    Receipt.Binding binding =
        new Receipt.Binding(
            line.path("version").asText(),
            line.path("commit").asText(),
            line.path("mode").asText(),
            line.path("configuration").asText());
    Map<String, String> proof = new TreeMap<>();
    line.path("proof").properties().forEach(e -> proof.put(e.getKey(), e.getValue().asText()));
    List<Finding> findings = new ArrayList<>();
    line.path("findings").forEach(node -> findings.add(finding(node)));
    List<ChannelReport> channels = new ArrayList<>();
    line.path("channels").forEach(node -> channels.add(channel(node)));
    return new Recorded(
        new Receipt(stage, verdict, binding, proof),
        new StageResult(verdict, findings, proof, channels),
        line.path("seconds").asDouble(),
        Instant.parse(line.path("at").asText()));
  }

  private static Finding finding(JsonNode node) {
    Place place =
        node.has("file")
            ? new Place(node.path("file").asText(), node.path("line").asInt(), node.path("column").asInt())
            : null;
    return new Finding(
        Finding.Severity.valueOf(node.path("severity").asText().toUpperCase(Locale.ROOT)),
        node.path("what").asText(),
        place,
        node.path("remedy").asText());
  }

  private static ChannelReport channel(JsonNode node) {
    List<ChannelReport.Shipped> artifacts = new ArrayList<>();
    for (JsonNode file : node.path("artifacts")) {
      artifacts.add(
          new ChannelReport.Shipped(
              file.path("file").asText(),
              file.path("sha256").textValue(),
              file.path("publishedSha256").textValue(),
              file.path("deliveredSha256").textValue()));
    }
    List<ChannelReport.Trial> trials = new ArrayList<>();
    for (JsonNode trial : node.path("trials")) {
      String result = trial.path("result").asText().toUpperCase(Locale.ROOT).replace('-', '_');
      trials.add(
          new ChannelReport.Trial(
              trial.path("with").asText(), ChannelReport.Trial.Result.valueOf(result), trial.path("detail").asText()));
    }
    return new ChannelReport(
        node.path("name").asText(),
        node.path("tier").asText(),
        ChannelReport.State.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT)),
        artifacts,
        trials);
  }
}
