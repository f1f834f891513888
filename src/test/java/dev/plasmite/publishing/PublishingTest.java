package dev.plasmite.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.Holding;
import dev.plasmite.channel.Installation;
import dev.plasmite.channel.Leg;
import dev.plasmite.channel.Patience;
import dev.plasmite.channel.Preflight;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishingTest {

  private static final Receipt.Binding BINDING = new Receipt.Binding("1.0.0", "c".repeat(40), "sandbox", "d");
  private static final URI LOOPBACK = URI.create("http://127.0.0.1:1/");

  private final List<String> written = java.util.Collections.synchronizedList(new ArrayList<>());
  private final List<String> sent = java.util.Collections.synchronizedList(new ArrayList<>());
  private final Journal journal = (event, facts) -> written.add(event.name().toLowerCase(java.util.Locale.ROOT) + " " + facts.get("act"));

  @Test
  void sendsWhatIsMissingLegByLeg() {
    StageResult result = publish(new Shelf("registry", Leg.REGISTRY), new Shelf("github", Leg.DRAFT));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("github", "registry");
    assertThat(written).containsSubsequence("planned publish to github", "sent publish to github", "seen publish to github");
    assertThat(result.channels()).extracting(c -> c.state()).containsOnly(State.PUBLISHED);
  }

  @Test
  void sendsNothingTwice() {
    Shelf shelf = new Shelf("registry", Leg.REGISTRY);
    publish(shelf);
    StageResult again = publish(shelf);
    assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).hasSize(1);
  }

  @Test
  void sendsNothingAtAllWhenAnyChannelHoldsOtherBytes() {
    Shelf other = new Shelf("other", Leg.TAP);
    other.held = Holding.other("sha256 beef");
    StageResult result = publish(new Shelf("registry", Leg.REGISTRY), other);
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(sent).isEmpty();
    assertThat(result.findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("beef", "aaaa"));
  }

  @Test
  void whereAWorldCanBeThrownAwayRaisingTheVersionIsNotTheOnlyWayOut() {
    Shelf other = new Shelf("other", Leg.TAP);
    other.held = Holding.other("sha256 beef");
    Publishing live = new Publishing(receipts -> List.of(other), new EffectGate(Mode.SANDBOX), journal, line -> {});
    assertThat(live.run(allGates()).findings()).singleElement().satisfies(f -> assertThat(f.remedy()).endsWith("raise the version and release that one"));
    StageResult sandbox = live.whereAWorldCanBeThrownAway("remove the sandbox").run(allGates());
    assertThat(sandbox.findings()).singleElement().satisfies(f -> assertThat(f.remedy()).endsWith("release that one; remove the sandbox"));
  }

  @Test
  void sendsNothingAtAllWhenAnyChannelCannotBeAsked() {
    Shelf silent = new Shelf("silent", Leg.REGISTRY);
    silent.held = Holding.unknown("no answer");
    StageResult result = publish(new Shelf("registry", Leg.DRAFT), silent);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(sent).isEmpty();
  }

  @Test
  void sendsNothingAtAllWhenAPreflightFails() {
    Shelf lacking = new Shelf("lacking", Leg.REGISTRY);
    lacking.preflight = List.of(Finding.of("no client"));
    assertThat(publish(new Shelf("registry", Leg.DRAFT), lacking).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(sent).isEmpty();
  }

  @Test
  void aChannelThatHasAllOfTheReleaseNeedsNoCredentialAnyMore() {
    Shelf done = new Shelf("done", Leg.REGISTRY);
    done.held = Holding.same("aaaa");
    done.credential = List.of(Finding.of("the token has expired").remedy("get another"), Finding.warning("unproven: x"));
    StageResult result = publish(done, new Shelf("missing", Leg.REGISTRY));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("missing");
    assertThat(result.findings()).extracting(f -> f.severity() + " " + f).containsExactly(
        "WARNING done has all of this release already, so nothing waits for this: the token has expired -> get another", "WARNING unproven: x");
    assertThat(result.channels()).extracting(c -> c.state()).containsOnly(State.PUBLISHED);
  }

  @Test
  void aChannelThatLacksAPartNeedsItsCredential() {
    Shelf lacking = new Shelf("lacking", Leg.REGISTRY);
    lacking.credential = List.of(Finding.of("the token has expired"));
    for (Holding held : List.of(Holding.absent(), Holding.unknown("no answer"))) {
      lacking.held = held;
      StageResult result = publish(new Shelf("registry", Leg.DRAFT), lacking);
      assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(result.findings()).extracting(Finding::what).containsExactly("the token has expired");
    }
    lacking.held = Holding.other("sha256 beef");
    assertThat(publish(lacking).findings()).extracting(Finding::what).as("another token would not mend it").hasSize(2).anyMatch(what -> what.contains("beef"));
    assertThat(sent).isEmpty();
  }

  @Test
  void whatStandsAgainstTheReleaseItselfStopsEvenWhenAllOfItIsThere() {
    Shelf yanked = new Shelf("yanked", Leg.REGISTRY);
    yanked.held = Holding.same("aaaa");
    yanked.preflight = List.of(Finding.of("the file is yanked"));
    yanked.credential = List.of(Finding.of("the token has expired"));
    StageResult result = publish(yanked, new Shelf("registry", Leg.DRAFT));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.findings()).extracting(Finding::what).containsExactly("the token has expired", "the file is yanked");
    assertThat(sent).isEmpty();
  }

  @Test
  void believesWhatTheChannelHoldsAndNotWhatTheClientSays() {
    Shelf liar = new Shelf("liar", Leg.REGISTRY);
    liar.keepsWhatItGets = false;
    StageResult result = publish(liar, new Shelf("later", Leg.TAP));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(sent).as("nothing goes on after a channel that does not hold it").containsExactly("liar");
  }

  @Test
  void stopsWhenTheChannelHoldsSomethingElseAfterwards() {
    Shelf swapped = new Shelf("swapped", Leg.REGISTRY);
    swapped.afterwards = Holding.other("sha256 beef");
    assertThat(publish(swapped, new Shelf("later", Leg.TAP)).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(sent).containsExactly("swapped");
  }

  @Test
  void asksOnceMoreBeforeTheFirstStepThatCannotBeTakenBack() {
    Shelf draft = new Shelf("draft", Leg.DRAFT);
    Shelf registry = new Shelf("registry", Leg.REGISTRY);
    List<Finding> blockers = new ArrayList<>(List.of(Finding.of("open blocker 1")));
    Publishing publishing =
        new Publishing(receipts -> List.of(draft, registry), new EffectGate(Mode.SANDBOX), journal, line -> {}, () -> {
          assertThat(sent).containsExactly("draft");
          return List.copyOf(blockers);
        });
    StageResult stopped = publishing.run(allGates());
    assertThat(stopped.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(stopped.findings()).extracting(Finding::what).containsExactly("open blocker 1");
    assertThat(sent).containsExactly("draft");
    blockers.clear();
    assertThat(publishing.run(allGates()).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("draft", "registry");
  }

  @Test
  void goesForwardWhenARegistryHoldsAPartOfTheRelease() {
    Shelf first = new Shelf("first", Leg.REGISTRY);
    first.held = Holding.same("aaaa");
    Shelf second = new Shelf("second", Leg.REGISTRY);
    Publishing publishing =
        new Publishing(receipts -> List.of(first, second), new EffectGate(Mode.SANDBOX), journal, line -> {}, () -> List.of(Finding.of("too late")));
    assertThat(publishing.run(allGates()).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("second");
  }

  @Test
  void whatTheLedgerSaysWasHeldForGoodIsNotSentAgainOnAGuess() {
    Shelf forgetful = new Shelf("forgetful", Leg.REGISTRY);
    StageResult result = publishAfter(List.of(entry(Journal.Event.PLANNED, ""), entry(Journal.Event.SENT, ""), entry(Journal.Event.SEEN, "same")), forgetful);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.findings()).singleElement().satisfies(f -> assertThat(f.toString()).contains("it held this by the ledger at 2026-11-25T10:00:00Z", "run the same command again"));
    assertThat(sent).isEmpty();
  }

  @Test
  void whatThePreflightSawIsNotSentWhenARegistryShowsAnOlderStateAMomentLater() {
    Shelf flickering = new Shelf("flickering", Leg.REGISTRY);
    flickering.answers.addAll(List.of(Holding.same("aaaa"), Holding.absent()));
    StageResult result = publish(flickering);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.findings()).singleElement().satisfies(f -> assertThat(f.what()).contains("it held this in this run's preflight"));
    assertThat(sent).isEmpty();
  }

  @Test
  void whatCanBeTakenBackIsSentAgainWhenItIsGone() {
    Shelf draft = new Shelf("forgetful", Leg.DRAFT);
    draft.effect = Effect.REVERSIBLE;
    assertThat(publishAfter(List.of(entry(Journal.Event.SEEN, "same")), draft).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("forgetful");
  }

  @Test
  void aSendThatAnEarlierRunLeftInTheMiddleIsAskedForPatientlyBeforeItIsSentAgain() {
    Shelf late = new Shelf("forgetful", Leg.REGISTRY);
    late.arrivesAfterQuestions = 3;
    assertThat(publishAfter(List.of(entry(Journal.Event.PLANNED, "")), late).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).as("it came by itself").isEmpty();
    Shelf never = new Shelf("forgetful", Leg.REGISTRY);
    assertThat(publishAfter(List.of(entry(Journal.Event.PLANNED, ""), entry(Journal.Event.SENT, "")), never).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactly("forgetful");
  }

  private StageResult publishAfter(List<Journal.Entry> past, Channel channel) {
    Journal remembering =
        new Journal() {
          @Override
          public void record(Event event, Map<String, String> facts) {
            journal.record(event, facts);
          }

          @Override
          public List<Entry> entries() {
            return past;
          }
        };
    Patience patience = new Patience(Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofSeconds(4), time -> {});
    return new Publishing(receipts -> List.of(channel), new EffectGate(Mode.SANDBOX), remembering, line -> {}, List::of, patience).run(allGates());
  }

  private static Journal.Entry entry(Journal.Event event, String holding) {
    return new Journal.Entry(
        event, "2026-11-25T10:00:00Z", Map.of("channel", "forgetful", "act", "publish to forgetful", "sha256", "aaaa", "holding", holding));
  }

  @Test
  void channelsOfALegAreAtWorkAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    List<Channel> channels = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      Shelf shelf = new Shelf(name, Leg.REGISTRY);
      shelf.meeting = together;
      channels.add(shelf);
    }
    // Each waits for the two others, in its preflight and in its send: one after another they would wait for ever.
    assertThat(publish(channels.toArray(Channel[]::new)).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void aLegWaitsForEveryChannelOfTheOneBefore() {
    Shelf slow = new Shelf("slow", Leg.REGISTRY);
    slow.lasts = 200;
    Shelf later = new Shelf("later", Leg.RELEASE);
    assertThat(publish(later, slow, new Shelf("quick", Leg.REGISTRY)).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(sent.get(2)).isEqualTo("later");
  }

  @Test
  void oneRegistryThatFailsKeepsTheReleaseADraftAndTheOthersComeToTheirEnd() {
    Shelf failing = new Shelf("failing", Leg.REGISTRY);
    failing.keepsWhatItGets = false;
    StageResult result = publish(failing, new Shelf("good", Leg.REGISTRY), new Shelf("release", Leg.RELEASE), new Shelf("tap", Leg.TAP));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(sent).containsExactlyInAnyOrder("failing", "good");
    assertThat(result.channels()).extracting(c -> c.name() + " " + c.state().id()).containsExactly("failing failed", "good published", "release planned", "tap planned");
  }

  @Test
  void demandsTheReceiptsOfAllGates() {
    Publishing publishing = new Publishing(receipts -> List.of(new Shelf("a", Leg.REGISTRY)), new EffectGate(Mode.SANDBOX), journal, line -> {});
    assertThatThrownBy(() -> publishing.run(new Receipts(List.of(), BINDING)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("verify-candidate")
        .hasMessageContaining("provenance");
    assertThat(sent).isEmpty();
  }

  @Test
  void theSandboxRefusesToLeaveTheMachine() {
    Publishing publishing = new Publishing(receipts -> List.of(outside()), new EffectGate(Mode.SANDBOX), journal, line -> {});
    assertThatThrownBy(() -> publishing.run(allGates())).isInstanceOf(Refusal.class).hasMessageContaining("sandbox");
    assertThat(sent).isEmpty();
  }

  @Test
  void aRehearsalSaysWhatItWouldSendAndSendsNothing() {
    List<String> lines = new ArrayList<>();
    Publishing publishing = new Publishing(receipts -> List.of(outside()), new EffectGate(Mode.REHEARSAL), journal, lines::add);
    assertThat(publishing.run(allGates()).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("would "));
    assertThat(sent).isEmpty();
  }

  private Shelf outside() {
    Shelf outside = new Shelf("outside", Leg.REGISTRY);
    outside.endpoint = URI.create("https://registry.example/");
    return outside;
  }

  private StageResult publish(Channel... channels) {
    return new Publishing(receipts -> List.of(channels), new EffectGate(Mode.SANDBOX), journal, line -> {}).run(allGates());
  }

  private static Receipts allGates() {
    List<Receipt> receipts =
        Stream.of(StageName.values()).map(s -> new Receipt(s, Verdict.PASSED, BINDING, Map.of())).toList();
    return new Receipts(receipts, BINDING);
  }

  /** A channel that keeps one file, or not. */
  private final class Shelf implements Channel, Act {

    private final String name;
    private final Leg leg;
    private Holding held = Holding.absent();
    private Holding afterwards = Holding.same("aaaa");
    private boolean keepsWhatItGets = true;
    private List<Finding> preflight = List.of();
    private List<Finding> credential = List.of();
    private URI endpoint = LOOPBACK;
    private Effect effect = Effect.IRREVERSIBLE;
    private final java.util.Deque<Holding> answers = new java.util.ArrayDeque<>();
    private int arrivesAfterQuestions = Integer.MAX_VALUE;
    private CyclicBarrier meeting;
    private long lasts;

    Shelf(String name, Leg leg) {
      this.name = name;
      this.leg = leg;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String tier() {
      return "official";
    }

    @Override
    public Preflight preflight() {
      meet();
      return new Preflight(credential, preflight);
    }

    @Override
    public List<Act> acts(Leg asked) {
      return asked == leg ? List.of(this) : List.of();
    }

    @Override
    public String what() {
      return "publish to " + name;
    }

    @Override
    public String file() {
      return "file.tgz";
    }

    @Override
    public String sha256() {
      return "aaaa";
    }

    @Override
    public Effect effect() {
      return effect;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public Holding holding() {
      held = --arrivesAfterQuestions == 0 ? afterwards : held;
      return answers.isEmpty() ? held : answers.remove();
    }

    private void meet() {
      try {
        if (meeting != null) {
          meeting.await(60, TimeUnit.SECONDS);
        }
        Thread.sleep(lasts);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError("the others did not come: " + name, e);
      }
    }

    @Override
    public String send() {
      meet();
      sent.add(name);
      held = keepsWhatItGets ? afterwards : held;
      return "published!";
    }

    @Override
    public List<Delivered> fetch(Path directory) {
      throw new AssertionError("publishing installs nothing");
    }

    @Override
    public Installation install(Path directory) {
      throw new AssertionError("publishing installs nothing");
    }
  }
}
