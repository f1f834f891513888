package dev.plasmite.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.json.StrictJson;
import dev.plasmite.report.Evidence;
import dev.plasmite.report.StageEvidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a release stands, from the ledger: nothing outside is asked.
 *
 * @param evidence the newest verdict of each stage for this commit, version, mode and configuration
 * @param channels how far each channel of the plan has come
 * @param next the command to type next
 */
public record Status(Evidence evidence, List<ChannelReport> channels, String next) {

  /** Reads the ledger of a plan. */
  public static Status of(ReleasePlan plan, Invocation invocation) {
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      Path file = LedgerHome.of(plan, repository);
      List<JsonNode> lines = Ledger.peek(file);
      Receipt.Binding binding = Train.binding(plan, repository);
      Evidence evidence = new EvidenceWriter(plan, invocation, line -> {}).evidence(lines, binding, file);
      return new Status(evidence, channels(plan, evidence), next(evidence, invocation));
    }
  }

  /** One screen for a terminal. */
  public String text() {
    List<String> out = new ArrayList<>();
    out.add("release " + evidence.tag() + " of commit " + evidence.commit() + ", mode " + evidence.mode().id());
    for (StageEvidence stage : evidence.stages()) {
      out.add(String.format("  %-18s %s", stage.name().id(), stage.verdict() == Verdict.SKIPPED ? "not run" : stage.verdict().id()));
      stage.blockers().stream().map(Finding::toString).forEach(f -> out.add("      " + f));
    }
    for (ChannelReport channel : channels) {
      out.add(String.format("  %-18s %s (%s)", channel.name(), channel.state().shown(), channel.tier()));
    }
    out.add("next: " + next);
    return String.join("\n", out) + "\n";
  }

  /**
   * {@code {version, tag, commit, mode, stages: [{name, verdict, blockers}], channels: [{name, tier, state, files: [{file,
   * sha256, publishedSha256, deliveredSha256}], trials: [{with, result, detail}]}], next}}; a digest that is not known is
   * null.
   */
  public String json() {
    ObjectMapper json = StrictJson.mapper();
    ObjectNode root = json.createObjectNode();
    root.put("version", evidence.version());
    root.put("tag", evidence.tag());
    root.put("commit", evidence.commit());
    root.put("mode", evidence.mode().id());
    ArrayNode stages = root.putArray("stages");
    for (StageEvidence stage : evidence.stages()) {
      ObjectNode node = stages.addObject();
      node.put("name", stage.name().id());
      node.put("verdict", stage.verdict().id());
      ArrayNode blockers = node.putArray("blockers");
      stage.blockers().forEach(f -> blockers.add(f.toString()));
    }
    ArrayNode all = root.putArray("channels");
    for (ChannelReport channel : channels) {
      ObjectNode node = all.addObject();
      node.put("name", channel.name());
      node.put("tier", channel.tier());
      node.put("state", channel.state().id());
      ArrayNode files = node.putArray("files");
      for (ChannelReport.Shipped file : channel.artifacts()) {
        files
            .addObject()
            .put("file", file.file())
            .put("sha256", file.sha256())
            .put("publishedSha256", file.publishedSha256())
            .put("deliveredSha256", file.deliveredSha256());
      }
      ArrayNode trials = node.putArray("trials");
      for (ChannelReport.Trial trial : channel.trials()) {
        trials.addObject().put("with", trial.with()).put("result", trial.result().id()).put("detail", trial.detail());
      }
    }
    root.put("next", next);
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of strings can be written", e);
    }
  }

  /** The channels of the plan: as far as the ledger knows them, else as planned. */
  private static List<ChannelReport> channels(ReleasePlan plan, Evidence evidence) {
    List<ChannelReport> out = new ArrayList<>();
    for (ChannelPlan channel : plan.channels()) {
      String name = ChannelNames.shown(channel.name());
      ChannelReport known =
          evidence.channels().stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseGet(() -> new ChannelReport(name, channel.tier(), State.PLANNED, List.of()));
      out.add(new ChannelReport(name, channel.tier(), known.state(), known.artifacts(), known.trials()));
    }
    return out;
  }

  private static String next(Evidence evidence, Invocation invocation) {
    for (StageName name : StageName.values()) {
      if (evidence.stage(name).verdict() != Verdict.PASSED) {
        StageName goal = name.compareTo(StageName.PUBLISH) > 0 ? StageName.VERIFY_DELIVERY : StageName.PUBLISH;
        return invocation.maven() + " " + goal.id();
      }
    }
    return "nothing is left to do: every channel delivers this release";
  }
}
