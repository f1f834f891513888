package dev.plasmite.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.Holding;
import dev.plasmite.channel.Installation;
import dev.plasmite.channel.Leg;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private URI endpoint = LOOPBACK;

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
    public List<Finding> preflight() {
      return preflight;
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
      return Effect.IRREVERSIBLE;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public Holding holding() {
      return held;
    }

    @Override
    public String send() {
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
