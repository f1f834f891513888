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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a release stands: from the ledger, from the evidence that travels in git notes, and from the work tree. Origin is
 * asked only when the answer depends on it; CI and the channels never are. Nothing is changed.
 *
 * @param evidence the newest verdict of each stage for this commit, version, mode and configuration
 * @param channels how far each channel of the plan has come
 * @param blockers what forbids tag and publish beside the gates: open blockers, and a note that somebody edited
 * @param unseen what could not be seen from here, a sentence each, without a full stop
 * @param next what to do next
 */
public record Status(
    Evidence evidence, List<ChannelReport> channels, List<Finding> blockers, List<String> unseen, NextStep next) {

  public Status {
    channels = List.copyOf(channels);
    blockers = List.copyOf(blockers);
    unseen = List.copyOf(unseen);
  }

  /**
   * Reads it.
   *
   * @param environment where credentials for origin and GitHub may be
   * @param offline whether nothing but this machine may be asked
   */
  public static Status of(
      ReleasePlan plan, Invocation invocation, Map<String, String> environment, boolean offline, Clock clock) {
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      Path file = LedgerHome.of(plan, repository);
      List<JsonNode> ledger = Ledger.peek(file);
      Receipt.Binding binding = Train.binding(plan, repository);
      StatusSources sources = new StatusSources(plan, invocation, repository, environment, offline, clock);
      OriginView origin = sources.origin(ledger, binding);
      GateEvidence notes = sources.notes(origin);
      List<JsonNode> lines = notes.seenWith(ledger, binding);
      Evidence evidence = new EvidenceWriter(plan, invocation, line -> {}).evidence(lines, binding, file);
      StatusSources.Open open = sources.blockers();
      List<Finding> blockers = new ArrayList<>(open.findings());
      blockers.addAll(notes.damaged(binding));
      List<String> unseen = new ArrayList<>();
      origin.unseen().ifPresent(unseen::add);
      open.unseen().ifPresent(unseen::add);
      // What is no open blocker and forbids the tag all the same: a tracker that cannot be read, a note that was edited.
      List<Finding> hindering = new ArrayList<>(notes.damaged(binding));
      if (open.blockers().isEmpty()) {
        hindering.addAll(open.findings());
      }
      NextStep next = new NextSteps(plan, invocation, repository, evidence, open.blockers(), hindering, origin, clock).next();
      return new Status(
          evidence,
          channels(plan, evidence),
          blockers.stream().map(f -> invocation.spelled(f, plan.mode())).toList(),
          unseen,
          next);
    }
  }

  /** One screen for a terminal. */
  public String text() {
    List<String> out = new ArrayList<>();
    out.add("release " + evidence.tag() + " of commit " + evidence.commit() + ", mode " + evidence.mode().id());
    for (StageEvidence stage : evidence.stages()) {
      out.add(String.format("  %-18s %s", stage.name().id(), shown(stage)));
      stage.blockers().stream()
          .filter(f -> blockers.stream().noneMatch(b -> b.what().equals(f.what()))) // told below
          .map(Finding::toString)
          .forEach(f -> out.add("      " + f));
      stage.findings().stream().map(Finding::what).filter(f -> f.startsWith("WAIVED: ")).forEach(f -> out.add("      " + f));
    }
    for (ChannelReport channel : channels) {
      out.add(String.format("  %-18s %s (%s)", channel.name(), channel.state().shown(), channel.tier()));
    }
    if (!blockers.isEmpty()) {
      out.add("  blocked by:");
      blockers.forEach(b -> out.add("      " + b));
    }
    unseen.forEach(u -> out.add("  not seen: " + u));
    out.add("next: " + next);
    return String.join("\n", out) + "\n";
  }

  /**
   * {@code {version, tag, commit, mode, stages: [{name, verdict, blockers}], channels: [{name, tier, state, files: [{file,
   * sha256, publishedSha256, deliveredSha256}], trials: [{with, result, detail}]}], blockers: [{what, place, remedy}],
   * unseen: [sentence], next: {command, why}}}; {@code command} is null when there is none, and so is a digest that is not
   * known.
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
    ArrayNode blocked = root.putArray("blockers");
    for (Finding blocker : blockers) {
      ObjectNode node = blocked.addObject();
      node.put("what", blocker.what());
      node.put("place", blocker.place() == null ? null : blocker.place().toString());
      node.put("remedy", blocker.remedy());
    }
    ArrayNode dark = root.putArray("unseen");
    unseen.forEach(dark::add);
    root.putObject("next").put("command", next.command().orElse(null)).put("why", next.why());
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of strings can be written", e);
    }
  }

  private String shown(StageEvidence stage) {
    if (stage.verdict() != Verdict.SKIPPED) {
      return stage.verdict().id();
    }
    return stage.name() == StageName.PUBLISH && evidence.begunToPublish() ? "stopped in the middle" : "not run";
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
}
