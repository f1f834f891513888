package dev.plasmite.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a release has come in each channel, from the whole ledger: the last verdict of publish or verify-delivery that
 * speaks of a channel, and the single steps written down after it, which are all there is when a run was killed.
 */
final class ChannelStanding {

  /** What the steps of a run that came to no verdict say of one channel. */
  private static final class Steps {
    /** By act: the last step of it, {@code planned}, {@code sent}, or what was seen afterwards. */
    private final Map<String, String> acts = new LinkedHashMap<>();
    private final Map<String, Shipped> files = new LinkedHashMap<>();
    private int due;
    private State verified;
  }

  private final Verdicts verdicts = new Verdicts();
  private final Map<String, ChannelReport> reports = new LinkedHashMap<>();
  private final Map<String, Steps> steps = new LinkedHashMap<>();
  private final Receipt.Binding wanted;

  private ChannelStanding(Receipt.Binding wanted) {
    this.wanted = wanted;
  }

  /** All channels that the ledger speaks of for one commit, version, mode and configuration. */
  static List<ChannelReport> of(List<JsonNode> lines, Receipt.Binding wanted) {
    ChannelStanding standing = new ChannelStanding(wanted);
    boolean ours = false;
    for (JsonNode line : lines) {
      if (Ledger.VERDICT.equals(line.path("event").asText())) {
        // A step names no commit: it belongs to the gates whose verdicts stand before it.
        Verdicts.Recorded verdict = standing.verdicts.read(List.of(line)).get(0);
        ours = verdict.receipt().binding().equals(wanted);
        if (ours) {
          verdict.result().channels().forEach(standing::take);
        }
      } else if (ours) {
        standing.step(line);
      }
    }
    standing.steps.forEach(standing::unfinished);
    return List.copyOf(standing.reports.values());
  }

  private void take(ChannelReport report) {
    if (report.state() == State.PLANNED && (steps.containsKey(report.name()) || reports.containsKey(report.name()))) {
      return; // that run was stopped before it sent anything there: what is known from before still holds
    }
    steps.remove(report.name());
    reports.merge(report.name(), report, ChannelStanding::newer);
  }

  private void step(JsonNode line) {
    String event = line.path("event").asText();
    String channel = line.path("channel").asText();
    if (channel.isEmpty() || !List.of("planned", "sent", "seen", "verified").contains(event)) {
      return;
    }
    Steps all = steps.computeIfAbsent(channel, name -> new Steps());
    String file = line.path("file").asText();
    String built = digest(line, "sha256");
    if (event.equals("verified")) {
      all.verified = State.valueOf(line.path("state").asText("unknown").toUpperCase(Locale.ROOT));
      if (!file.isEmpty()) {
        all.files.put(file, new Shipped(file, built, published(all, file), digest(line, "delivered")));
      }
      return;
    }
    String seen = line.path("holding").asText();
    all.acts.put(line.path("act").asText(), event.equals("seen") ? seen : event);
    all.due = Math.max(all.due, line.path("acts").asInt());
    if (!file.isEmpty()) {
      all.files.put(file, new Shipped(file, built, seen.equals("same") ? digest(line, "detail") : null, null));
    }
  }

  private static String published(Steps all, String file) {
    return all.files.containsKey(file) ? all.files.get(file).publishedSha256() : null;
  }

  private static String digest(JsonNode line, String name) {
    String text = line.path(name).asText();
    return text.matches("[0-9a-f]{64}") ? text : null;
  }

  /** A channel with steps after its last verdict: the run ended before it could give one. */
  private void unfinished(String channel, Steps all) {
    ChannelReport known = reports.get(channel);
    State state = all.verified != null ? all.verified : state(all);
    boolean onlySeenAgain = all.verified == null && all.acts.values().stream().allMatch("same"::equals);
    if (onlySeenAgain && known != null && known.state().compareTo(State.PUBLISHED) >= 0 && known.state() != State.FAILED && known.state() != State.UNKNOWN) {
      return; // what is found there once more has come no less far
    }
    String tier = known == null ? "official" : known.tier();
    Map<String, Shipped> files = new LinkedHashMap<>();
    if (known != null) {
      known.artifacts().forEach(file -> files.put(file.file(), file));
    }
    all.files.forEach((name, file) -> files.merge(name, file, (old, next) -> next.publishedSha256() != null || old.publishedSha256() == null ? next
        : new Shipped(name, next.sha256(), old.publishedSha256(), next.deliveredSha256())));
    reports.put(channel, new ChannelReport(channel, tier, state, List.copyOf(files.values())));
  }

  /** By what can be said for sure: an act that was begun, and of which nothing was written afterwards, may have arrived or not. */
  private static State state(Steps all) {
    if (all.acts.containsValue("other") || all.acts.containsValue("absent")) {
      return State.FAILED;
    }
    if (all.acts.containsValue("unknown") || all.acts.containsValue("planned")) {
      return State.UNKNOWN;
    }
    long there = all.acts.values().stream().filter("same"::equals).count();
    return there > 0 && there >= all.due ? State.PUBLISHED : State.SENT;
  }

  /** What is published once more and found to be the same bytes was delivered all the same. */
  private static ChannelReport newer(ChannelReport known, ChannelReport next) {
    boolean sameAgain =
        known.state() == State.DELIVERED
            && next.state() == State.PUBLISHED
            && next.trials().isEmpty()
            && next.artifacts().stream().allMatch(file -> known.artifacts().stream().anyMatch(k -> same(k, file)));
    return sameAgain ? known : withPublished(known, next);
  }

  /** A delivery says what came; what the channel states is what publishing saw there. */
  private static ChannelReport withPublished(ChannelReport known, ChannelReport next) {
    Map<String, Shipped> files = new LinkedHashMap<>();
    if (next.artifacts().isEmpty()) {
      known.artifacts().forEach(file -> files.put(file.file(), file)); // nothing came: what is there is known from before
    }
    for (Shipped file : next.artifacts()) {
      String seen =
          known.artifacts().stream()
              .filter(k -> k.file().equals(file.file()) && k.publishedSha256() != null)
              .map(Shipped::publishedSha256)
              .findFirst()
              .orElse(null);
      boolean delivery = file.publishedSha256() == null && file.deliveredSha256() != null;
      files.put(file.file(), delivery ? new Shipped(file.file(), file.sha256(), seen, file.deliveredSha256()) : file);
    }
    return new ChannelReport(next.name(), next.tier(), next.state(), new ArrayList<>(files.values()), next.trials());
  }

  private static boolean same(Shipped known, Shipped next) {
    return known.file().equals(next.file()) && next.publishedSha256() != null && next.publishedSha256().equals(known.deliveredSha256());
  }
}
