package dev.plasmite.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Repositories of every kind are compared, and none of them is changed; what runs leave behind is ended. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the benchmark is a shell script")
class CheckoutTest extends ReleasedProduct {

  @BeforeEach
  void second() throws Exception {
    next();
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(product.temporary)) {
      assertThat(left).as("checkouts and locks").isEmpty();
    }
  }

  /** Every file of the repository, git's own included, but for what git itself may touch when it is asked for a status. */
  private static List<String> listing(Path root) throws IOException {
    List<String> out = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path p : all.sorted().toList()) {
        out.add(root.relativize(p) + (Files.isRegularFile(p) ? " " + dev.plasmite.artifact.Digests.of(p).sha256() : ""));
      }
    }
    return out;
  }

  private static String git(Path directory, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
    argv.addAll(List.of(arguments));
    Process git = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes());
    assertThat(git.waitFor()).as(said).isZero();
    return said.strip();
  }

  @Test
  void bothSidesRunInPathsOfEqualLengthWithTheSameEnvironment() throws Exception {
    Path seen = temp.resolve("seen");
    product.git().tagDelete().setTags("v0.1.0").call();
    product.file("bench.sh", "pwd >> " + seen + "\nenv | grep -v '^PWD=\\|^OLDPWD=\\|^_=' | sort > " + seen + ".$(basename $(pwd))\n" + PerfProduct.STEADY);
    product.commit("looks around");
    product.tag("v0.1.0");
    product.file("README", "again");
    product.commit("third");
    assertThat(run(PerfProduct.perf("sh bench.sh")).verdict()).isEqualTo(Verdict.PASSED);
    List<String> paths = Files.readAllLines(seen);
    assertThat(paths.stream().distinct()).hasSize(2);
    assertThat(paths.stream().map(String::length).distinct()).hasSize(1);
    assertThat(Files.readString(Path.of(seen + ".base"))).isEqualTo(Files.readString(Path.of(seen + ".cand"))).contains("PATH=");
  }

  @Test
  void submoduleIsSaidToBeMissing() throws Exception {
    DirCache index = product.git().getRepository().lockDirCache();
    var builder = index.builder();
    for (int i = 0; i < index.getEntryCount(); i++) {
      builder.add(index.getEntry(i));
    }
    DirCacheEntry link = new DirCacheEntry("third-party/lib");
    link.setFileMode(FileMode.GITLINK);
    link.setObjectId(ObjectId.fromString("1".repeat(40)));
    builder.add(link);
    builder.commit();
    git(product.root, "commit", "-q", "--no-gpg-sign", "-m", "with a submodule");
    StageResult result = run(PerfProduct.perf("sh bench.sh"));
    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(text(result)).contains("WARNING third-party/lib  submodule third-party/lib is not checked out");
  }

  @Test
  void filtersOfTheRepositoryHoldInItsCheckouts() throws Exception {
    product.git().tagDelete().setTags("v0.1.0").call();
    product.file(".gitattributes", "costs filter=pointer\n").file("costs", "pointer\n");
    product.commit("large files elsewhere");
    product.tag("v0.1.0");
    product.file("README", "again");
    product.commit("third");

    StageResult without = run(PerfProduct.perf("sh bench.sh"));
    assertThat(text(without)).contains("WARNING .gitattributes  the filter 'pointer' is not set up");

    StoredConfig config = product.git().getRepository().getConfig();
    config.setString("filter", "pointer", "smudge", "sed s/pointer/real\\ 77/");
    config.setString("filter", "pointer", "clean", "cat");
    config.save();
    List<String> before = listing(product.root);
    StageResult with = run(PerfProduct.perf("sh bench.sh"));
    assertThat(with.verdict()).as(text(with)).isEqualTo(Verdict.PASSED);
    assertThat(product.evidence.resolve("perf/samples.json")).content().contains("\"key\" : \"real\"");
    assertThat(listing(product.root)).isEqualTo(before);

    config.setString("filter", "pointer", "smudge", "echo not fetched >&2; false");
    config.save();
    StageResult failing = run(PerfProduct.perf("sh bench.sh"));
    assertThat(failing.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(failing)).contains("UNKNOWN costs  the filter of costs in ", " failed: not fetched -> make it work here");
  }

  /** A checkout by a JVM of its own, as JGit reads the settings of a user once: repository, where. */
  public static final class CheckOut {

    private CheckOut() {}

    public static void main(String[] args) {
      try (SideBySide git = SideBySide.of(Path.of(args[0]))) {
        System.out.println(git.checkOut(git.head(), Path.of(args[1])));
      }
    }
  }

  @Test
  void filterThatIsSetUpInTheUsersOwnSettingsHoldsInACheckout() throws Exception {
    product.file(".gitattributes", "costs filter=pointer\n").file("costs", "pointer\n");
    product.commit("large files elsewhere");
    Path home = Files.createDirectory(temp.resolve("home"));
    Files.writeString(home.resolve(".gitconfig"), "[filter \"pointer\"]\n\tsmudge = sed s/pointer/real/\n\tclean = cat\n");
    Path checkout = product.temporary.resolve("cand");
    Path said = temp.resolve("said");
    Process other = new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(), "-Duser.home=" + home, "-cp",
            System.getProperty("java.class.path"), CheckOut.class.getName(), product.root.toString(), checkout.toString())
        .redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(other.waitFor()).as(Files.readString(said)).isZero();
    assertThat(said).content().doesNotContain("is not set up");
    assertThat(checkout.resolve("costs")).hasContent("real\n");
    Scratch.remove(checkout);
  }

  @Test
  void nameThatHoldsThePathOfTheCheckoutIsTheSameOnBothSides() throws Exception {
    product.file("bench.sh", "printf '{\"schema\":1,\"runtime\":\"-Dtmp=%s/tmp\",\"scenarios\":[{\"key\":\"%s/run\",\"value\":1}]}' \"$PWD\" \"$PWD\"\n");
    product.commit("names");
    product.retag("v0.1.0");
    next();
    StageResult result = run(PerfProduct.perf("sh bench.sh"));
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
    assertThat(product.evidence.resolve("perf/samples.json")).content().contains("\"key\" : \"./run\"");
  }

  @Test
  void buildThatAsksGitForItsVersionIsAnsweredAsInTheUsersRepository() throws Exception {
    git(product.root, "tag", "light");
    try (SideBySide git = SideBySide.of(product.root)) {
      git.checkOut(git.head(), product.temporary.resolve("cand"));
    }
    Path checkout = product.temporary.resolve("cand");
    assertThat(git(checkout, "describe", "--dirty", "--long")).isEqualTo(git(product.root, "describe", "--long"))
        .startsWith("v0.1.0-1-g");
    assertThat(git(checkout, "describe", "--tags")).isEqualTo("light");
    assertThat(git(checkout, "for-each-ref")).isEqualTo(git(product.root, "for-each-ref", "refs/tags"));
    Scratch.remove(checkout);
  }

  @Test
  void shallowCloneIsCheckedOutAsShallow() throws Exception {
    Path shallow = temp.resolve("shallow");
    git(temp, "clone", "-q", "--depth", "1", product.root.toUri().toString(), shallow.toString());
    Path checkout = product.temporary.resolve("cand");
    try (SideBySide git = SideBySide.of(shallow)) {
      git.checkOut(git.head(), checkout);
    }
    assertThat(git(checkout, "log", "--format=%s")).isEqualTo("second");
    Scratch.remove(checkout);
  }

  @Test
  void releaseThatAShallowCloneHidesIsAskedForAndNeverTakenForTheFirstOne() throws Exception {
    Path shallow = temp.resolve("shallow");
    git(temp, "clone", "-q", "--depth", "1", product.root.toUri().toString(), shallow.toString());
    git(shallow, "fetch", "-q", "--depth", "1", "origin", "tag", "v0.1.0");
    PerfPlan first = PerfProduct.with(PerfProduct.perf("sh bench.sh"), Policies.firstRelease());
    StageResult result = product.gate(product.at(shallow, first, Optional.empty())).run(NONE);
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("this clone is shallow", "git fetch --unshallow --tags");
    assertThatThrownBy(() -> product.gate(product.at(shallow, first, Optional.of("v0.1.0"))).run(NONE))
        .hasMessageContaining("it is shallow").hasMessageContaining("git fetch --unshallow --tags");
  }

  @Test
  void partialCloneWithoutAllFilesOfTheReleaseSaysHowToFetchThem() throws Exception {
    product.costs("fast 100", "slow 201");
    product.commit("third");
    git(product.root, "config", "uploadpack.allowFilter", "true");
    Path partial = temp.resolve("partial");
    git(temp, "clone", "-q", "--filter=blob:none", product.root.toUri().toString(), partial.toString());
    StageResult result = product.gate(product.at(partial, PerfProduct.perf("sh bench.sh"), Optional.empty())).run(NONE);
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("partial clone", "git fetch --refetch --no-filter --tags");
    git(partial, "fetch", "-q", "--refetch", "--no-filter", "--tags");
    result = product.gate(product.at(partial, PerfProduct.perf("sh bench.sh"), Optional.empty())).run(NONE);
    assertThat(result.verdict()).as(text(result)).isEqualTo(Verdict.PASSED);
  }

  @Test
  void detachedHeadAndLinkedWorkTreeAreComparedAndNotTouched() throws Exception {
    Path linked = temp.resolve("linked");
    git(product.root, "worktree", "add", "-q", "--detach", linked.toString(), "HEAD");
    Files.writeString(linked.resolve("costs"), "uncommitted 1\n");
    git(linked, "add", "costs");
    List<String> main = listing(product.root);
    List<String> before = listing(linked);
    try (SideBySide git = SideBySide.of(linked)) {
      assertThat(git.checkOut(git.head(), product.temporary.resolve("cand"))).isEmpty();
      assertThat(product.temporary.resolve("cand/costs")).hasContent("fast 100\nslow 200\n");
    }
    Scratch.remove(product.temporary.resolve("cand"));
    git(product.root, "checkout", "-q", "--detach");
    main = listing(product.root);
    assertThat(run(PerfProduct.perf("sh bench.sh")).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(listing(product.root)).isEqualTo(main);
    assertThat(listing(linked)).isEqualTo(before);
  }

  @Test
  void checkoutEndsWhenItsThreadIsInterrupted() {
    try (SideBySide git = SideBySide.of(product.root)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> git.checkOut(git.head(), product.temporary.resolve("cand"))).isInstanceOf(OutsideFailure.class);
    } finally {
      Thread.interrupted();
    }
    try {
      Scratch.remove(product.temporary.resolve("cand"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void daemonThatLeftTheProcessTreeIsEndedAfterTheRun() throws Exception {
    String bench = daemon(" > /dev/null 2>&1 < /dev/null");
    assertThat(run(PerfProduct.perf(bench)).verdict()).isEqualTo(Verdict.PASSED);
    ended();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void daemonThatHoldsTheOutputOpenIsWaitedForNoLongerThanTheLimit() throws Exception {
    PerfPlan p = PerfProduct.perf(daemon(""));
    // On a machine so busy that the daemon was not even started, with a longer limit.
    for (int seconds = 3; daemons().isEmpty(); seconds *= 4) {
      assertThat(seconds).as("the daemon never started").isLessThan(200);
      StageResult result = run(new PerfPlan(p.build(), p.run(), p.format(), p.resultFile(), 0.1, List.of(), 0, Duration.ofSeconds(seconds)));
      assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(text(result)).contains("took longer than " + seconds + " s");
    }
    ended();
  }

  /** A benchmark whose daemon leaves its session, each run with a file of its own: one run must not find what another wrote. */
  private String daemon(String redirection) throws IOException {
    Path pid = temp.resolve("daemon.pid");
    Path bench = Files.writeString(temp.resolve("daemon.sh"),
        "pid=" + pid + ".$$\n"
            + "setsid sh -c 'echo $$ > '$pid'; exec sleep 300'" + redirection + " &\n"
            + "while test ! -s $pid; do sleep 0.05; done\n"
            + "echo '{\"schema\":1,\"scenarios\":[{\"key\":\"a\",\"value\":1}]}'\n");
    return "sh " + bench;
  }

  /** Every daemon that a run left has ended, or ends at once. */
  private void ended() throws Exception {
    assertThat(daemons()).isNotEmpty();
    for (Path pid : daemons()) {
      Ended.await(pid);
    }
  }

  /** The files of those that got as far as writing their number. */
  private List<Path> daemons() throws IOException {
    List<Path> pids = new ArrayList<>();
    try (var files = Files.list(temp)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("daemon.pid.")).toList()) {
        if (Ended.said(file)) {
          pids.add(file);
        }
      }
    }
    return pids;
  }

  @Test
  void rateIsBetterWhenItIsHigher() throws Exception {
    product.git().tagDelete().setTags("v0.1.0").call();
    product.file("rate.sh", "echo \"{\\\"schema\\\":1,\\\"unit\\\":\\\"ops/s\\\",\\\"better\\\":\\\"higher\\\",\\\"scenarios\\\":[{\\\"key\\\":\\\"a\\\",\\\"value\\\":$(cat rate)}]}\"\n").file("rate", "1000\n");
    product.commit("a rate");
    product.tag("v0.1.0");
    product.file("rate", "2000\n");
    product.commit("twice as fast");
    StageResult faster = run(PerfProduct.perf("sh rate.sh"));
    assertThat(faster.verdict()).as(text(faster)).isEqualTo(Verdict.PASSED);
    product.file("rate", "500\n");
    product.commit("half as fast");
    StageResult slower = run(PerfProduct.perf("sh rate.sh"));
    assertThat(slower.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(text(slower)).contains("a is 100.0 % slower than v0.1.0");
    assertThat(slower.findings()).filteredOn(Finding::blocks).hasSize(1);
  }

  @Test
  void hostThatBecomesHopelessWhileMeasuringEndsInconclusiveWithWhatThereIs() {
    Setting s = product.setting(product.plan(PerfProduct.with(PerfProduct.perf("sh bench.sh"), Policies.patience(1.0, Duration.ZERO))), Ticks.system());
    Host later =
        new Host() {
          private int asked;

          @Override
          HostState now() {
            return new HostState(asked++ < 7 ? 0.1 : 64, 2, "performance", "mains", 0, Double.NaN);
          }
        };
    StageResult result =
        new PerfGate(new Setting(s.plan(), s.processes(), s.environment(), s.progress(), later, s.ticks(), s.temporary())).run(NONE);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(text(result)).contains("too busy to measure: load 64.0 on 2 cores after 1 pairs");
  }
}
