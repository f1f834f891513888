package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.git.WorkingClone;
import dev.plasmite.version.SemVer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A Homebrew tap: a git repository whose formula points at the GitHub release. It is rewritten in place (version, urls,
 * checksums; every other byte stays) and pushed last, when what it points at is public. brew itself runs on macOS and on
 * some Linux machines only, so the delivery check does what brew does up to the installation: it reads the formula from
 * the tap, gets the file for this platform, compares its checksum, unpacks and runs it.
 */
public final class HomebrewChannel implements Channel {

  private final Workbench bench;
  private final ChannelPlan plan;
  private final URI tap;
  private final UnaryOperator<URI> resolve;
  private final boolean onePlatform;
  private final HttpReading http;
  private final TarballInstall tarballs;

  /**
   * Makes the channel.
   *
   * @param tap where the tap is
   * @param resolve where a url of the formula is really read from: itself, or the sandbox's stand-in for GitHub
   * @param onePlatform whether the set holds what one machine can build: the formula's other platforms then stay as they
   *     are, which is said as simulated
   */
  public HomebrewChannel(
      Workbench bench, ChannelPlan plan, URI tap, UnaryOperator<URI> resolve, boolean onePlatform) {
    this.bench = bench;
    this.plan = plan;
    this.tap = tap;
    this.resolve = resolve;
    this.onePlatform = onePlatform;
    this.http = new HttpReading(bench.fetch());
    this.tarballs = new TarballInstall(bench, plan);
  }

  @Override
  public String name() {
    return "Homebrew";
  }

  @Override
  public String tier() {
    return plan.tier();
  }

  @Override
  public List<Finding> preflight() {
    try {
      Formula formula = current();
      List<Finding> findings = new ArrayList<>(formula.findings());
      wanted(formula, findings);
      return findings;
    } catch (OutsideFailure e) {
      return List.of(Finding.unknown("cannot read the tap: " + e.getMessage()).remedy("check <channel><tap> and <formula>"));
    }
  }

  @Override
  public List<Act> acts(Leg leg) {
    return leg == Leg.TAP ? List.of(new PushFormula()) : List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    String text = text(directory.resolve("tap"));
    Formula formula = new Formula(path(), text);
    List<Delivered> delivered = new ArrayList<>();
    delivered.add(new Delivered(file(), sha256(wanted(formula, new ArrayList<>())), sha256(text)));
    for (Formula.Download download : formula.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (onePlatform && digestOf(name).isEmpty()) {
        continue;
      }
      String received = http.download(resolve.apply(uri), directory.resolve(name)).sha256();
      // brew refuses a file whose checksum is not the formula's, whatever was staged.
      String due = received.equals(download.sha256()) ? digestOf(name).orElse("") : download.sha256();
      delivered.add(new Delivered(name, due, download.sha256(), received));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Formula formula = new Formula(path(), text(directory.resolve("tap")));
    for (Formula.Download download : formula.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (tarballs.isForThisPlatform(name)) {
        Path file = directory.resolve(name);
        http.download(resolve.apply(uri), file);
        return tarballs.install("formula " + path() + " -> " + name, file, directory);
      }
    }
    throw new OutsideFailure("the formula has no file for this platform");
  }

  private final class PushFormula implements Act {

    @Override
    public String what() {
      return "push " + path() + " to the tap";
    }

    @Override
    public String file() {
      return HomebrewChannel.this.file();
    }

    @Override
    public String sha256() {
      return HomebrewChannel.sha256(wanted(current(), new ArrayList<>()));
    }

    @Override
    public Effect effect() {
      return Effect.REVERSIBLE;
    }

    @Override
    public URI endpoint() {
      return tap;
    }

    @Override
    public Holding holding() {
      try {
        String text = text(bench.freshHome("tap").resolve("clone"));
        Formula formula = new Formula(path(), text);
        List<Finding> findings = new ArrayList<>(formula.findings());
        String wanted = wanted(formula, findings);
        Optional<Finding> blocking = findings.stream().filter(Finding::blocks).findFirst();
        if (blocking.isPresent()) {
          return Holding.unknown(blocking.get().toString());
        }
        if (wanted.equals(text)) {
          return Holding.same(HomebrewChannel.sha256(text));
        }
        Optional<SemVer> there = formula.version().flatMap(SemVer::tryParse);
        boolean taken = there.isPresent() && there.get().compareTo(bench.plan().version()) >= 0;
        return taken ? Holding.other("formula of " + there.get()) : Holding.absent();
      } catch (OutsideFailure e) {
        return Holding.unknown(e.getMessage());
      }
    }

    @Override
    public String send() {
      try (WorkingClone clone = cloneTap(bench.freshHome("tap").resolve("clone"))) {
        Formula formula = new Formula(path(), clone.read(path()).orElseThrow());
        String name = file().replaceFirst("\\.rb$", "");
        clone.push(path(), wanted(formula, new ArrayList<>()), name + " " + bench.plan().version());
        return "";
      } catch (OutsideFailure e) {
        return e.getMessage();
      }
    }
  }

  private Formula current() {
    return new Formula(path(), text(bench.freshHome("tap").resolve("clone")));
  }

  private String wanted(Formula formula, List<Finding> findings) {
    List<Finding> missing = new ArrayList<>();
    String text = formula.rewritten(bench.plan().version().toString(), this::digestOf, missing);
    for (Finding finding : missing) {
      findings.add(
          onePlatform
              ? new Finding(
                  Finding.Severity.SIMULATED, "not built on this machine, so left as it is: " + finding.what(), finding.place(), "")
              : finding);
    }
    return text;
  }

  private Optional<String> digestOf(String file) {
    return bench.artifacts().stream().filter(a -> a.file().equals(file)).map(Artifact::sha256).findFirst();
  }

  private String text(Path directory) {
    try (WorkingClone clone = cloneTap(directory)) {
      return clone
          .read(path())
          .orElseThrow(() -> new OutsideFailure("the tap has no " + Place.file(path())));
    }
  }

  private WorkingClone cloneTap(Path directory) {
    return WorkingClone.of(tap, directory, bench.effects());
  }

  private static String fileOf(URI uri) {
    return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
  }

  private String path() {
    return plan.settings().get("formula");
  }

  private String file() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  private static String sha256(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
