package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.ChannelReport.Trial;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal.Event;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of each channel when the train was ended at any point of its ledger. */
class ChannelStandingTest {

  private static final Receipt.Binding OURS = new Receipt.Binding("1.2.0", "c".repeat(40), "live", "d");
  private static final Receipt.Binding OTHER = new Receipt.Binding("1.1.0", "b".repeat(40), "live", "d");
  private static final String BUILT = "a".repeat(64);

  @TempDir Path temp;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(temp.resolve("ledger.jsonl"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void everyPointAtWhichARunMayBeKilledHasItsState() {
    gate(OURS);
    assertThat(states()).isEmpty();
    step(Event.PLANNED, "npm", "publish a", "", 1);
    assertThat(states()).as("it may have arrived or not").containsEntry("npm", State.UNKNOWN);
    step(Event.SENT, "npm", "publish a", "", 1);
    assertThat(states()).containsEntry("npm", State.SENT);
    step(Event.SEEN, "npm", "publish a", "same", 1);
    assertThat(states()).containsEntry("npm", State.PUBLISHED);
    assertThat(report("npm").artifacts()).containsExactly(new Shipped("publish a.tgz", BUILT, BUILT, null));
    verified("npm", "published");
    assertThat(states()).containsEntry("npm", State.PUBLISHED);
    verified("npm", "delivered");
    assertThat(states()).containsEntry("npm", State.DELIVERED);
    assertThat(report("npm").artifacts()).containsExactly(new Shipped("publish a.tgz", BUILT, BUILT, BUILT));
  }

  @Test
  void aPartOfAChannelIsNotTheChannel() {
    gate(OURS);
    step(Event.SEEN, "PyPI", "publish wheel", "same", 2);
    assertThat(states()).containsEntry("PyPI", State.SENT);
    step(Event.PLANNED, "PyPI", "publish sdist", "", 2);
    assertThat(states()).containsEntry("PyPI", State.UNKNOWN);
    step(Event.SENT, "PyPI", "publish sdist", "", 2);
    step(Event.SEEN, "PyPI", "publish sdist", "unknown", 2);
    assertThat(states()).containsEntry("PyPI", State.UNKNOWN);
    step(Event.SEEN, "PyPI", "publish sdist", "other", 2);
    assertThat(states()).containsEntry("PyPI", State.FAILED);
    step(Event.SEEN, "PyPI", "publish sdist", "same", 2);
    assertThat(states()).containsEntry("PyPI", State.PUBLISHED);
  }

  @Test
  void aVerdictCountsUntilStepsComeAfterIt() {
    gate(OURS);
    step(Event.SENT, "npm", "publish a", "", 1);
    verdict(OURS, StageName.PUBLISH, new ChannelReport("npm", "preview", State.FAILED, List.of(new Shipped("publish a.tgz", BUILT, null, null))));
    assertThat(states()).containsEntry("npm", State.FAILED);
    gate(OURS); // the next run begins
    assertThat(states()).containsEntry("npm", State.FAILED);
    step(Event.SENT, "npm", "publish a", "", 1);
    assertThat(states()).containsEntry("npm", State.SENT);
    assertThat(report("npm").tier()).isEqualTo("preview");
  }

  @Test
  void whatWasDeliveredStaysSoWhenARerunFindsItThere() {
    gate(OURS);
    ChannelReport delivered =
        new ChannelReport("npm", "official", State.DELIVERED, List.of(new Shipped("publish a.tgz", BUILT, BUILT, BUILT)), List.of(new Trial("npm", Trial.Result.RAN, "")));
    verdict(OURS, StageName.VERIFY_DELIVERY, delivered);
    step(Event.SEEN, "npm", "publish a", "same", 1);
    assertThat(report("npm")).isEqualTo(delivered);
    verdict(OURS, StageName.PUBLISH, new ChannelReport("npm", "official", State.PUBLISHED, List.of(new Shipped("publish a.tgz", BUILT, BUILT, null))));
    assertThat(report("npm")).isEqualTo(delivered);
    // A delivery that fails afterwards is no such thing.
    ChannelReport lost = new ChannelReport("npm", "official", State.PUBLISHED, List.of(), List.of(new Trial("npm", Trial.Result.FAILED, "404")));
    verdict(OURS, StageName.VERIFY_DELIVERY, lost);
    assertThat(report("npm").state()).isEqualTo(State.PUBLISHED);
  }

  @Test
  void aRunThatIsStoppedBeforeItSendsTakesNothingBack() {
    gate(OURS);
    ChannelReport planned = new ChannelReport("npm", "official", State.PLANNED, List.of(new Shipped("publish a.tgz", BUILT, null, null)));
    verdict(OURS, StageName.PUBLISH, planned);
    assertThat(states()).containsEntry("npm", State.PLANNED);
    step(Event.SENT, "npm", "publish a", "", 1);
    gate(OURS); // that run was killed; the next one is stopped by another channel
    verdict(OURS, StageName.PUBLISH, planned);
    assertThat(states()).containsEntry("npm", State.SENT);
    verdict(OURS, StageName.PUBLISH, new ChannelReport("npm", "official", State.PUBLISHED, List.of(new Shipped("publish a.tgz", BUILT, BUILT, null))));
    verdict(OURS, StageName.PUBLISH, planned);
    assertThat(states()).containsEntry("npm", State.PUBLISHED);
  }

  @Test
  void stepsOfAnotherReleaseAreNotOurs() {
    gate(OURS);
    gate(OTHER);
    step(Event.SENT, "npm", "publish a", "", 1);
    assertThat(states()).isEmpty();
  }

  private Map<String, State> states() {
    Map<String, State> states = new TreeMap<>();
    ChannelStanding.of(ledger.lines(), OURS).forEach(channel -> states.put(channel.name(), channel.state()));
    return states;
  }

  private ChannelReport report(String channel) {
    return ChannelStanding.of(ledger.lines(), OURS).stream().filter(c -> c.name().equals(channel)).findFirst().orElseThrow();
  }

  private void gate(Receipt.Binding binding) {
    verdict(binding, StageName.PROVENANCE);
  }

  private void verdict(Receipt.Binding binding, StageName stage, ChannelReport... channels) {
    StageResult result = StageResult.of(List.<Finding>of(), Map.of()).withChannels(List.of(channels));
    ledger.append(Ledger.VERDICT, new Verdicts().write(stage, result, binding, 0));
  }

  private void step(Event event, String channel, String act, String holding, int acts) {
    Map<String, String> facts = new TreeMap<>(Map.of("channel", channel, "act", act, "acts", String.valueOf(acts), "file", act + ".tgz", "sha256", BUILT));
    if (!holding.isEmpty()) {
      facts.put("holding", holding);
      facts.put("detail", holding.equals("same") ? BUILT : "");
    }
    ledger.record(event, facts);
  }

  private void verified(String channel, String state) {
    ledger.record(
        Event.VERIFIED,
        Map.of("channel", channel, "file", "publish a.tgz", "sha256", BUILT, "delivered", state.equals("delivered") ? BUILT : "", "state", state));
  }
}
