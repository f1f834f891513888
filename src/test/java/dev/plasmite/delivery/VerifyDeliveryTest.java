package dev.plasmite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.channel.Act;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.Installation;
import dev.plasmite.channel.Leg;
import dev.plasmite.channel.NotThere;
import dev.plasmite.channel.Preflight;
import dev.plasmite.channel.Patience;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.ChannelReport.Trial;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyDeliveryTest {

  private static final Receipt.Binding BINDING = new Receipt.Binding("1.2.0", "c".repeat(40), "live", "d");
  private static final String BUILT = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);
  private static final Exit OK = new Exit(0, "", "", false);

  @TempDir Path scratch;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatIsInstalledWithTheBytesThatWereBuiltAndSaysTheVersionIsDelivered() {
    StageResult result = verify(Mode.LIVE, new Shop("npm"));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.channels()).singleElement().satisfies(channel -> {
      assertThat(channel.state()).isEqualTo(State.DELIVERED);
      assertThat(channel.trials()).containsExactly(new Trial("npm", Trial.Result.RAN, "says lamp 1.2.0"));
    });
    assertThat(written).containsExactly("verified npm lamp.tgz delivered");
  }

  @Test
  void allChannelsAreAskedAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    Shop[] shops = Stream.of("a", "b", "c").map(Shop::new).toArray(Shop[]::new);
    for (Shop shop : shops) {
      shop.beforeFetch = () -> {
        try {
          together.await(60, TimeUnit.SECONDS); // broken when they come one after the other
        } catch (Exception e) {
          throw new OutsideFailure("alone", e);
        }
      };
    }
    assertThat(verify(Mode.LIVE, shops).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aChannelIsWaitedForWithPausesThatGrowAndWhatIsLeftIsSaid() {
    Shop late = new Shop("npm");
    late.absentFor = 3;
    assertThat(verify(Mode.LIVE, late).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(lines).contains("npm: waiting until it delivers the release: not yet (attempt 2), again in 2 s, 9 s left");
  }

  @Test
  void aClientThatReadsFromAnotherEdgeIsWaitedForToo() {
    Shop late = new Shop("npm");
    late.clientFailsFor = 2;
    assertThat(verify(Mode.LIVE, late).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(late.fetched).as("what was compared once is not fetched again").isEqualTo(1);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void whatNeverShowsIsPublishedAndNotDelivered() {
    Shop never = new Shop("npm");
    never.absentFor = 1000;
    StageResult result = verify(Mode.LIVE, never, new Shop("PyPI"));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.channels()).extracting(ChannelReport::state).containsExactly(State.PUBLISHED, State.DELIVERED);
    assertThat(result.findings()).singleElement().satisfies(f -> assertThat(f.toString()).contains("holds this release and does not deliver it"));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(10));
    assertThat(written).contains("verified npm  published");
  }

  @Test
  void silenceIsUnknownAndBlocks() {
    Shop silent = new Shop("npm");
    silent.beforeFetch = () -> {
      throw new OutsideFailure("no answer");
    };
    StageResult result = verify(Mode.LIVE, silent);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.channels().get(0).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void nothingOfOtherBytesIsInstalled() {
    Shop swapped = new Shop("npm");
    swapped.serves = OTHER;
    StageResult result = verify(Mode.LIVE, swapped);
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.channels().get(0).state()).isEqualTo(State.FAILED);
    assertThat(result.findings().get(0).what()).contains(BUILT, OTHER);
    assertThat(swapped.installed).isZero();
    assertThat(pauses).as("time does not mend other bytes").isEmpty();
  }

  @Test
  void otherBytesThatOnlyTheClientReceivedAreFound() {
    for (String received : List.of(OTHER, "sha512-somethingElse=", "(the lock file does not name lamp)")) {
      Shop split = new Shop("npm");
      split.clientReceives = received;
      StageResult result = verify(Mode.LIVE, split);
      assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(result.channels().get(0).state()).isEqualTo(State.FAILED);
      assertThat(result.findings().get(0).what()).contains(received);
    }
  }

  @Test
  void anArchiveThatIsRefusedFailsItsChannelAndNoOther() {
    Shop refused = new Shop("npm");
    refused.beforeFetch = () -> {
      throw new Refusal(Finding.of("a link leads out of the archive"));
    };
    StageResult result = verify(Mode.LIVE, refused, new Shop("PyPI"));
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.channels()).extracting(ChannelReport::state).containsExactly(State.FAILED, State.DELIVERED);
  }

  @Test
  void aPreviewChannelThatFailsIsAWarning() {
    Shop preview = new Shop("npm");
    preview.tier = "preview";
    preview.says = Optional.of(new Exit(0, "lamp 1.1.0\n", "", false));
    StageResult result = verify(Mode.LIVE, preview, new Shop("PyPI"));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.channels()).extracting(ChannelReport::state).containsExactly(State.PUBLISHED, State.DELIVERED);
    assertThat(result.findings()).singleElement().satisfies(f -> {
      assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING);
      assertThat(f.what()).startsWith("(preview channel) ").contains("does not say 1.2.0");
    });
  }

  @Test
  void aProgramThatDoesNotRunLeavesItsChannelPublishedOnly() {
    Shop broken = new Shop("npm");
    broken.says = Optional.of(new Exit(127, "", "no such program", false));
    StageResult result = verify(Mode.LIVE, broken);
    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.channels().get(0).state()).isEqualTo(State.PUBLISHED);
    assertThat(result.channels().get(0).trials()).extracting(Trial::result).containsExactly(Trial.Result.FAILED);
  }

  @Test
  void theTierOfficialIsEarnedByASmokeTest() {
    Shop library = new Shop("npm");
    library.says = Optional.empty();
    StageResult official = verify(Mode.LIVE, library);
    assertThat(official.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(official.findings()).extracting(Finding::what).singleElement().asString().contains("claims the tier official", "no smoke test");
    assertThat(official.channels().get(0).trials()).extracting(Trial::result).containsExactly(Trial.Result.INSTALLED);
    library.tier = "preview";
    assertThat(verify(Mode.LIVE, library).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void whatCannotRunHereIsComparedAndSaidToBeNotRun() {
    Shop elsewhere = new Shop("npm");
    elsewhere.forThisMachine = false;
    StageResult official = verify(Mode.LIVE, elsewhere);
    assertThat(official.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(official.findings()).extracting(Finding::what).singleElement().asString().contains("nothing that it delivers can be run on this machine");
    assertThat(official.findings().get(0).remedy().toString()).contains("where no file of this channel is a program, write <tier>preview</tier>");
    ChannelReport report = official.channels().get(0);
    assertThat(report.trials()).containsExactly(new Trial("lamp.tgz", Trial.Result.NOT_RUN, "it is for another platform"));
    assertThat(report.artifacts().get(0).deliveredSha256()).isEqualTo(BUILT);
    assertThat(report.state()).isEqualTo(State.PUBLISHED);
    elsewhere.tier = "preview";
    assertThat(verify(Mode.LIVE, elsewhere).verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void aRehearsalDoesNotWaitForWhatNobodyHasPublished() {
    Shop absent = new Shop("npm");
    absent.absentFor = 1000;
    StageResult result = verify(Mode.REHEARSAL, absent);
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(result.channels().get(0).state()).isEqualTo(State.PLANNED);
    assertThat(result.findings()).extracting(Finding::severity).containsExactly(Finding.Severity.WARNING);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.0, lamp 1.2.0, true",
    "1.2.0, lamp v1.2.0 (abcdef), true",
    "1.2.0, 'lamp/1.2.0 linux-x64 node-v20.1.0', true",
    "1.2.0, 'lamp, version 1.2.0.', true",
    "1.2.0-rc.1, lamp 1.2.0-rc.1, true",
    "1.2.0-rc.1, lamp 1.2.0rc1, true",
    "1.2.0, lamp 1.2.0-rc.1, false",
    "1.2.0, lamp 1.2.0rc1, false",
    "1.2.0, lamp 11.2.0, false",
    "1.2.0, lamp 0.1.2.0, false",
    "1.2.0, lamp 1.2.0.1, false",
    "1.2.0, lamp 1.2.01, false",
    "1.2.0, lamp 1.2.0+dirty, false",
    "1.2.0, lamp 1.2.0~beta, false",
    "1.2.0, lamp 1.2.0_1, false",
    "1.2.0, 'lamp 1.1.0 (1.2.0 is available)', false",
    "1.2.0, lamp, false",
    "1.2.0-rc.1, lamp 1.2.0, false",
  })
  void theVersionIsSaidWholeOrNotAtAll(String version, String output, boolean said) {
    SaidVersion judge = new SaidVersion(SemVer.parse(version));
    assertThat(judge.judge("npm", new Exit(0, output + "\n", "", false)).isEmpty()).isEqualTo(said);
    assertThat(judge.judge("npm", new Exit(1, output + "\n", "", false))).isPresent();
  }

  private StageResult verify(Mode mode, Channel... channels) {
    Journal journal =
        (event, facts) -> written.add(event.name().toLowerCase(java.util.Locale.ROOT) + " " + facts.get("channel") + " " + facts.get("file") + " " + facts.get("state"));
    Patience patience = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(4), pauses::add);
    List<Receipt> receipts = Stream.of(StageName.values()).map(s -> new Receipt(s, Verdict.PASSED, BINDING, Map.of())).toList();
    return new VerifyDelivery(
            SemVer.parse("1.2.0"), earlier -> List.of(channels), new EffectGate(mode), scratch, journal, lines::add, channel -> patience)
        .run(new Receipts(receipts, BINDING));
  }

  /** A channel of one file. */
  private static final class Shop implements Channel {

    private final String name;
    private String tier = "official";
    private Runnable beforeFetch = () -> {};
    private int absentFor;
    private int clientFailsFor;
    private int fetched;
    private int installed;
    private String serves = BUILT;
    private String clientReceives = BUILT;
    private boolean forThisMachine = true;
    private Optional<Exit> says = Optional.of(new Exit(0, "lamp 1.2.0\n", "", false));

    Shop(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String tier() {
      return tier;
    }

    @Override
    public Preflight preflight() {
      throw new AssertionError("delivery publishes nothing");
    }

    @Override
    public List<Act> acts(Leg leg) {
      throw new AssertionError("delivery publishes nothing");
    }

    @Override
    public List<Delivered> fetch(Path directory) {
      assertThat(directory).isEmptyDirectory();
      fetched++;
      beforeFetch.run();
      if (absentFor-- > 0) {
        throw new NotThere("status 404");
      }
      return List.of(new Delivered("lamp.tgz", BUILT, null, serves));
    }

    @Override
    public Installation install(Path directory) {
      assertThat(directory).isEmptyDirectory();
      installed++;
      if (clientFailsFor-- > 0) {
        return new Installation(name, name + " install lamp", new Exit(1, "", "No matching version", false), List.of(), Optional.empty());
      }
      return new Installation(name, name + " install lamp", OK, List.of(new Delivered("lamp.tgz", BUILT, null, clientReceives)), says);
    }

    @Override
    public List<Installation> installations(Path directory) {
      return forThisMachine ? List.of(install(directory)) : List.of();
    }

    @Override
    public Map<String, String> notRunHere() {
      return forThisMachine ? Map.of() : Map.of("lamp.tgz", "it is for another platform");
    }
  }
}
