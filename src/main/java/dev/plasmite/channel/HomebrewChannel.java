package dev.plasmite.channel;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
  private final TapFormula formula;

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
    this.tap = tap;
    this.resolve = resolve;
    this.onePlatform = onePlatform;
    this.tarballs = new TarballInstall(bench, plan);
    this.formula = new TapFormula(bench, plan, tap, onePlatform, credentials);
    this.evaluation = new FormulaEvaluation(bench, plan, formula.path(), http);
  }

  @Override
  List<Finding> right() {
    return verifyOnly() ? List.of() : pushRight();
  }

  @Override
  List<Finding> state() {
    Formula there = formula.current();
    List<Finding> findings = new ArrayList<>(there.findings());
    String wanted = formula.wanted(there, findings);
    if (findings.stream().anyMatch(Finding::blocks)) {
      return findings;
    }
    if (verifyOnly()) {
      findings.addAll(formula.misaligned(there));
    } else {
      newer(there).or(() -> prerelease(there)).ifPresent(findings::add);
    }
    findings.addAll(evaluation.findings(verifyOnly() ? there.text() : wanted, onePlatform));
    return findings;
  }

  /** Whether the maintainer pushes the formula, and the train only looks whether they have: {@code tapPolicy} is {@code verify}. */
  private boolean verifyOnly() {
    return "verify".equals(plan.settings().get("tapPolicy"));
  }

  private Optional<Finding> newer(Formula current) {
    return current
        .version()
        .flatMap(SemVer::tryParse)
        .filter(there -> there.compareTo(bench.plan().version()) > 0)
        .map(
            there ->
                Finding.of("the tap's formula is of " + there + ", which is newer than " + bench.plan().version() + ": its users would be taken back")
                    .at(Place.file(formula.path()))
                    .remedy("release an old line without the channel homebrew, or from a formula of its own"));
  }

  /** A formula has one version and no dist-tag: whoever upgrades gets it. One that is at a prerelease already is meant for them. */
  private Optional<Finding> prerelease(Formula current) {
    SemVer version = bench.plan().version();
    return current
        .version()
        .flatMap(SemVer::tryParse)
        .filter(there -> version.isPrerelease() && !there.isPrerelease())
        .map(
            there ->
                Finding.of(version + " is a prerelease, and the tap's formula is of " + there + ": everyone who upgrades would get it")
                    .at(Place.file(formula.path()))
                    .remedy(
                        "release a prerelease without the channel homebrew, or from a formula of its own (<formula>) that is at a"
                            + " prerelease already; with <tapPolicy>verify</tapPolicy> the formula is moved by hand"));
  }

  private List<Finding> pushRight() {
    try (WorkingClone clone = formula.asLastSeen()) {
      return pushRight(clone);
    }
  }

  private List<Finding> pushRight(WorkingClone clone) {
    try {
      clone.provePush();
    } catch (OutsideFailure e) {
      return List.of(
          Finding.of("the tap takes no push: " + e.getMessage())
              .remedy("give git a credential that may push there, or set <tapPolicy>verify</tapPolicy> and push the formula by hand"));
    }
    return "file".equals(tap.getScheme())
        ? List.of()
        : List.of(
            Unproven.of(
                plan,
                "that the tap's branch takes a direct push: it lets this credential in to push, and tells the rules of the branch to a push only",
                "look at the branch's protection there"));
  }

  @Override
  public List<Act> acts(Leg leg) {
    return leg == Leg.TAP ? List.of(new PushFormula()) : List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    Formula there = formula.current();
    there.version().flatMap(SemVer::tryParse).filter(v -> v.compareTo(bench.plan().version()) < 0)
        .ifPresent(older -> { throw new NotThere("the tap's formula is of " + older); });
    List<Delivered> delivered = new ArrayList<>();
    delivered.add(new Delivered(formula.file(), formula.wantedDigest(there), TapFormula.sha256(there.text())));
    for (Formula.Download download : there.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (onePlatform && formula.digestOf(name).isEmpty()) {
        continue;
      }
      delivered.add(received(download, name, http.download(resolve.apply(uri), directory.resolve(name)).sha256()));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Formula there = formula.current();
    for (Formula.Download download : there.downloads()) {
      URI uri = HttpReading.address(tap, download.url());
      String name = fileOf(uri);
      if (FilePlatform.mayRunHere(name)) {
        Path file = directory.resolve(name);
        Delivered received = received(download, name, http.download(resolve.apply(uri), file).sha256());
        String how = "formula " + formula.path() + " -> " + name;
        boolean ours = received.sha256().equals(received.staged());
        List<String> wrong = ours && evaluation.possible() ? evaluation.here(there.text(), file) : List.of();
        return wrong.isEmpty()
            ? tarballs.install("formula", how, file, received, directory)
            : Installation.failed("formula", how, new Exit(1, "", String.join("\n", wrong), false));
      }
    }
    throw new OutsideFailure("the formula has no file for this platform");
  }

  @Override
  public List<Installation> installations(Path directory) {
    return downloads().anyMatch(FilePlatform::mayRunHere) ? List.of(install(directory)) : List.of();
  }

  @Override
  public Map<String, String> notRunHere() {
    Map<String, String> leftOut = new LinkedHashMap<>();
    downloads()
        .filter(name -> !FilePlatform.mayRunHere(name))
        .forEach(
            name ->
                leftOut.put(
                    name, "it is for another platform than " + FilePlatform.here()
                        + (formula.digestOf(name).isEmpty() ? ", and not built on this machine: not even fetched" : "")));
    if (!evaluation.possible()) {
      leftOut.put("ruby", "there is no ruby on this machine, so the formula was read and not evaluated");
    }
    return leftOut;
  }

  @Override
  Duration usualPropagation() {
    return Duration.ofMinutes(1);
  }

  private Stream<String> downloads() {
    return formula.lastSeen().downloads().stream().map(download -> fileOf(HttpReading.address(tap, download.url()))).distinct();
  }

  private static String fileOf(URI uri) {
    return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
  }

  /** brew refuses a file whose checksum is not the formula's, whatever was staged. */
  private Delivered received(Formula.Download download, String name, String sha256) {
    String due = sha256.equals(download.sha256()) ? formula.digestOf(name).orElse("") : download.sha256();
    return new Delivered(name, due, download.sha256(), sha256);
  }

  private final class PushFormula implements Act {

    @Override
    public String what() {
      return verifyOnly() ? "find " + formula.path() + " in the tap as this release has it" : "push " + formula.path() + " to the tap";
    }

    @Override
    public String file() {
      return formula.file();
    }

    @Override
    public String sha256() {
      return formula.wantedDigest(formula.lastSeen());
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
        Formula current = formula.current();
        List<Finding> findings = new ArrayList<>(current.findings());
        String wanted = formula.wanted(current, findings);
        Optional<Finding> blocking = findings.stream().filter(Finding::blocks).findFirst();
        if (blocking.isPresent()) {
          return Holding.unknown(blocking.get().toString());
        }
        if (wanted.equals(current.text())) {
          return Holding.same(TapFormula.sha256(wanted));
        }
        Optional<SemVer> there = current.version().flatMap(SemVer::tryParse);
        boolean taken = verifyOnly() || there.isPresent() && there.get().compareTo(bench.plan().version()) >= 0;
        return taken ? Holding.other("a formula of " + current.version().orElse("no version")) : Holding.absent();
      } catch (OutsideFailure e) {
        return Holding.unknown(e.getMessage());
      }
    }

    @Override
    public String send() {
      // Upon what holding() has judged: when the tap has moved since, it refuses the push, and nothing of others is undone.
      try (WorkingClone clone = formula.asLastSeen()) {
        String name = file().replaceFirst("\\.rb$", "");
        clone.push(formula.path(), formula.wanted(formula.read(clone), new ArrayList<>()), name + " " + bench.plan().version());
        return "";
      } catch (OutsideFailure e) {
        return e.getMessage();
      }
    }
  }
}
