package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.WorkingClone;
import dev.plasmite.version.SemVer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A Homebrew tap: a git repository whose formula points at the GitHub release. It is rewritten in place (version, urls,
 * checksums; every other byte stays) and pushed last, when what it points at is public. brew itself runs on macOS and on
 * some Linux machines only, so the delivery check does what brew does up to the installation: it reads the formula from
 * the tap, gets the file for this platform, compares its checksum, unpacks and runs it.
 */
public final class HomebrewChannel extends NamedChannel {

  private final URI tap;
  private final UnaryOperator<URI> resolve;
  private final boolean onePlatform;
  private final TarballInstall tarballs;
  private final FormulaEvaluation evaluation;
  private final Optional<Credentials> credentials;

  /** A tap that is entered without showing anything, or over SSH. */
  public HomebrewChannel(
      Workbench bench, ChannelPlan plan, URI tap, UnaryOperator<URI> resolve, boolean onePlatform) {
    this(bench, plan, tap, resolve, onePlatform, Optional.empty());
  }

  /**
   * Makes the channel.
   *
   * @param tap where the tap is
   * @param resolve where a url of the formula is really read from: itself, or the sandbox's stand-in for GitHub
   * @param onePlatform whether the set holds what one machine can build: the formula's other platforms then stay as they
   *     are, which is said as simulated
   * @param credentials how the tap is entered over HTTPS
   */
  public HomebrewChannel(
      Workbench bench, ChannelPlan plan, URI tap, UnaryOperator<URI> resolve, boolean onePlatform,
      Optional<Credentials> credentials) {
    super("Homebrew", bench, plan);
    this.credentials = credentials;
    this.tap = tap;
    this.resolve = resolve;
    this.onePlatform = onePlatform;
    this.tarballs = new TarballInstall(bench, plan);
    this.evaluation = new FormulaEvaluation(bench, plan, path(), http);
  }

  @Override
  List<Finding> checks() {
    String text = text(bench.freshHome("tap").resolve("clone"));
    Formula formula = new Formula(path(), text);
    List<Finding> findings = new ArrayList<>(formula.findings());
    String wanted = wanted(formula, findings);
    if (findings.stream().anyMatch(Finding::blocks)) {
      return findings;
    }
    if (verifyOnly()) {
      findings.addAll(simulated(formula.alignment(bench.plan().version().toString(), this::digestOf)).stream().filter(Finding::blocks).toList());
    } else {
      newer(formula).ifPresent(findings::add);
      findings.addAll(pushRight());
    }
    findings.addAll(evaluation.findings(verifyOnly() ? text : wanted, onePlatform));
    return findings;
  }

  /** Whether the maintainer pushes the formula, and the train only looks whether they have: {@code tapPolicy} is {@code verify}. */
  private boolean verifyOnly() {
    return "verify".equals(plan.settings().get("tapPolicy"));
  }

  private Optional<Finding> newer(Formula formula) {
    return formula
        .version()
        .flatMap(SemVer::tryParse)
        .filter(there -> there.compareTo(bench.plan().version()) > 0)
        .map(
            there ->
                Finding.of("the tap's formula is of " + there + ", which is newer than " + bench.plan().version() + ": its users would be taken back")
                    .at(Place.file(path()))
                    .remedy("release an old line without the channel homebrew, or from a formula of its own"));
  }

  private List<Finding> pushRight() {
    try (WorkingClone clone = cloneTap(bench.freshHome("tap").resolve("clone"))) {
      clone.provePush();
      return "file".equals(tap.getScheme())
          ? List.of()
          : List.of(
              Unproven.of(
                  plan,
                  "that the tap's branch takes a direct push: it lets this credential in to push, and tells the rules of the branch to a push only",
                  "look at the branch's protection there"));
    } catch (OutsideFailure e) {
      return List.of(
          Finding.of("the tap takes no push: " + e.getMessage())
              .remedy("give git a credential that may push there, or set <tapPolicy>verify</tapPolicy> and push the formula by hand"));
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
    formula.version().flatMap(SemVer::tryParse).filter(v -> v.compareTo(bench.plan().version()) < 0)
        .ifPresent(older -> { throw new NotThere("the tap's formula is of " + older); });
    List<Delivered> delivered = new ArrayList<>();
    delivered.add(new Delivered(file(), sha256(wanted(formula, new ArrayList<>())), sha256(text)));
    for (Formula.Download download : formula.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (onePlatform && digestOf(name).isEmpty()) {
        continue;
      }
      delivered.add(received(download, name, http.download(resolve.apply(uri), directory.resolve(name)).sha256()));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Formula formula = new Formula(path(), text(directory.resolve("tap")));
    for (Formula.Download download : formula.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (FilePlatform.mayRunHere(name)) {
        Path file = directory.resolve(name);
        Delivered received = received(download, name, http.download(resolve.apply(uri), file).sha256());
        String how = "formula " + path() + " -> " + name;
        boolean ours = received.sha256().equals(received.staged());
        List<String> wrong = ours && evaluation.possible() ? evaluation.here(formula.text(), file) : List.of();
        return wrong.isEmpty()
            ? tarballs.install("formula", how, file, received, directory)
            : Installation.failed("formula", how, new Exit(1, "", String.join("\n", wrong), false));
      }
    }
    throw new OutsideFailure("the formula has no file for this platform");
  }

  @Override
  public List<Installation> installations(Path directory) {
    boolean any = downloads(text(bench.freshHome("tap").resolve("clone"))).stream().anyMatch(FilePlatform::mayRunHere);
    return any ? List.of(install(directory)) : List.of();
  }

  @Override
  public Map<String, String> notRunHere() {
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (String name : downloads(text(bench.freshHome("tap").resolve("clone")))) {
      if (!FilePlatform.mayRunHere(name)) {
        leftOut.put(name, "it is for another platform than " + FilePlatform.here() + (digestOf(name).isEmpty() ? ", and not built on this machine: not even fetched" : ""));
      }
    }
    if (!evaluation.possible()) {
      leftOut.put("ruby", "there is no ruby on this machine, so the formula was read and not evaluated");
    }
    return leftOut;
  }

  @Override
  Duration usualPropagation() {
    return Duration.ofMinutes(1);
  }

  private List<String> downloads(String text) {
    return new Formula(path(), text).downloads().stream().map(download -> fileOf(HttpReading.address(tap, download.url()))).distinct().toList();
  }

  /** brew refuses a file whose checksum is not the formula's, whatever was staged. */
  private Delivered received(Formula.Download download, String name, String sha256) {
    String due = sha256.equals(download.sha256()) ? digestOf(name).orElse("") : download.sha256();
    return new Delivered(name, due, download.sha256(), sha256);
  }

  private final class PushFormula implements Act {

    @Override
    public String what() {
      return verifyOnly() ? "find " + path() + " in the tap as this release has it" : "push " + path() + " to the tap";
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
      return verifyOnly() ? Effect.READ : Effect.REVERSIBLE;
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
        boolean taken = verifyOnly() || there.isPresent() && there.get().compareTo(bench.plan().version()) >= 0;
        return taken ? Holding.other("a formula of " + formula.version().orElse("no version")) : Holding.absent();
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
    findings.addAll(simulated(missing));
    return text;
  }

  /** A url of a file that is not staged is no fault where one machine builds for itself alone. */
  private List<Finding> simulated(List<Finding> found) {
    return found.stream()
        .map(
            finding ->
                onePlatform && finding.what().startsWith(Formula.POINTS_ELSEWHERE)
                    ? new Finding(
                        Finding.Severity.SIMULATED, "not built on this machine, so left as it is: " + finding.what(), finding.place(), "")
                    : finding)
        .toList();
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
    return WorkingClone.of(tap, directory, bench.effects(), credentials);
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
