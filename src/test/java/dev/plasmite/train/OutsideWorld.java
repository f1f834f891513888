package dev.plasmite.train;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.candidate.Evidence;
import dev.plasmite.candidate.EvidenceNotes;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Login;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ProvenancePlan;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.ArtifactRule;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import dev.plasmite.provenance.LocalSigstore;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.Logged;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.registry.CratesRegistry;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import dev.plasmite.sandbox.registry.NpmRegistry;
import dev.plasmite.sandbox.registry.PyPiRegistry;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.file.PathUtils;

/**
 * A release of a small product (a crate, an npm package, a wheel, four SDKs) as it stands before rehearsal or live: tagged,
 * built and attested by its build run, its gates' evidence in git notes; and all its services on this machine, each with
 * a secret of its own that is to show nowhere.
 */
final class OutsideWorld implements AutoCloseable {

  static final String VERSION = "1.2.0";
  static final String REPO = "lamp-demo/lamp";
  static final String BUILD = ".github/workflows/build.yml";

  /** The secrets by where they are, and how they look. */
  static final Map<String, String> CANARIES =
      Map.of(
          "crates", "cioCanaryCratesQ7x2Lm9Tz4Wc8Vb1Nr5",
          "npm", "npm_CanaryNpmJ3k8Hs6Pd2Fg9Yt4Rw7Xz1Mb5",
          "pypi", "pypi-CanaryPypi0Aa9-_Zz8Yy7Xx6Ww5Vv4Uu3",
          "github", "ghp_CanaryGithubB6n3Vc8Xz1Lk5Jh2Gf9Ds4",
          "tap", "-tap pa'ss\"$(id)&%41/+Canary7");

  private static final List<String> PLATFORMS = List.of("darwin_arm64", "darwin_amd64", "linux_arm64", "linux_amd64");

  final Path directory;
  final Path home;

  /** Where processes keep temporary files: not below the directory, whose configuration they would take. */
  final Path temporary;

  final Path repository;
  final CratesRegistry crates;
  final NpmRegistry npm;
  final PyPiRegistry pypi;
  final GitHubStandIn github;
  final GitOverHttp git;
  final String commit;

  /** What goes wrong, by service; looked up anew for each request. */
  final AtomicReference<Faults> faults = new AtomicReference<>(Faults.NONE);

  private final Processes processes = new Processes(Redactor.NONE);
  private final LocalSigstore sigstore = new LocalSigstore();

  OutsideWorld(Path directory) throws IOException {
    this.directory = directory;
    this.home = Files.createDirectories(directory.resolve("home"));
    this.temporary = Files.createTempDirectory("outside-world-").toRealPath();
    this.repository = directory.resolve("repository");
    Faults now = request -> faults.get().fate(request);
    crates = CratesRegistry.open(directory.resolve("services/crates"), accounts("crates"), CratesRegistry.Options.CRATES_IO, now);
    npm = NpmRegistry.open(directory.resolve("services/npm"), accounts("npm"), now);
    pypi = PyPiRegistry.open(directory.resolve("services/pypi"), accounts("pypi"), now);
    github = GitHubStandIn.open(directory.resolve("services/github"), accounts("github"), now);
    git = GitOverHttp.serve(Files.createDirectories(directory.resolve("services/git")), "tapper", CANARIES.get("tap"));
    product();
    commit = git(repository, "rev-parse", "HEAD").strip();
    tap();
    sigstore.trustedRoot(directory.resolve("trusted_root.json"));
    github.addRepository(REPO);
    github.addAnnotatedTag(REPO, "v" + VERSION, git(repository, "rev-parse", "v" + VERSION).strip(), commit, "release");
    github.addRun(REPO, GitHubStandIn.Run.green(".github/workflows/ci.yml", "push", "main", commit));
  }

  private static Accounts accounts(String service) {
    return Accounts.of(CANARIES.get(service));
  }

  private void product() throws IOException {
    Path prebuilt = Files.createDirectories(repository.resolve("prebuilt"));
    write("Cargo.toml", "[package]\nname = \"lamp\"\nversion = \"1.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A lamp\"\ninclude = [\"src\"]\n");
    write("src/main.rs", "fn main() { println!(\"lamp {}\", env!(\"CARGO_PKG_VERSION\")); }\n");
    write("node/package.json", "{\"name\": \"@lamp/cli\", \"version\": \"1.2.0\", \"bin\": {\"lamp\": \"cli.js\"}, \"license\": \"MIT\"}\n");
    write("node/cli.js", "#!/usr/bin/env node\nconsole.log('lamp 1.2.0')\n");
    write(".gitignore", "/target/\n");
    wheel(prebuilt.resolve("lamp-1.2.0-py3-none-any.whl"));
    for (String platform : PLATFORMS) {
      Samples.sdk(prebuilt, "lamp", VERSION, platform);
    }
    Files.setPosixFilePermissions(repository.resolve("node/cli.js"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    run(repository.resolve("node"), "npm", "pack", "--silent", "--pack-destination", "../prebuilt");
    run(repository, "cargo", "generate-lockfile", "--offline");
    git(repository, "init", "-q", "-b", "main");
    git(repository, "config", "user.name", "M");
    git(repository, "config", "user.email", "m@example.org");
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", "lamp 1.2.0");
    git(repository, "tag", "-a", "-m", "v1.2.0", "v" + VERSION);
    Path origin = directory.resolve("services/git/origin.git");
    git(directory, "init", "-q", "--bare", "-b", "main", origin.toString());
    git(repository, "remote", "add", "origin", origin.toString());
    git(repository, "push", "-q", "-u", "--follow-tags", "origin", "main");
  }

  private void tap() throws IOException {
    Path work = Files.createDirectories(directory.resolve("tap-work/Formula with spaces"));
    StringBuilder formula = new StringBuilder("class Lamp < Formula\n  desc \"A lamp\"\n  homepage \"https://lamp.example\"\n  version \"1.1.0\"\n");
    for (String os : List.of("darwin", "linux")) {
      formula.append(os.equals("darwin") ? "  on_macos do\n" : "  on_linux do\n");
      for (String arch : List.of("arm64", "amd64")) {
        formula.append(arch.equals("arm64") ? "    on_arm do\n" : "    on_intel do\n").append("      url \"").append(github.web()).append('/').append(REPO)
            .append("/releases/download/v1.1.0/lamp_1.1.0_").append(os).append('_').append(arch).append(".tar.gz\"\n      sha256 \"").append("0".repeat(64)).append("\"\n    end\n");
      }
      formula.append("  end\n");
    }
    formula.append("  def install\n    bin.install \"bin/lamp\"\n  end\nend\n");
    Files.writeString(work.resolve("lamp.rb"), formula);
    Path root = work.getParent();
    git(root, "init", "-q", "-b", "main");
    git(root, "add", "-A");
    git(root, "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-m", "lamp 1.1.0");
    git(directory, "clone", "-q", "--bare", root.toString(), directory.resolve("services/git/tap.git").toString());
    Files.writeString(work.resolve("lamp.rb"), formula.toString().replace(github.web().toString(), "https://github.com"));
    git(root, "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-a", "-m", "lamp 1.1.0 on GitHub");
    git(directory, "clone", "-q", "--bare", root.toString(), directory.resolve("services/git/tap-of-github.git").toString());
  }

  /** The build run: it stages, attests and uploads. Then the evidence of the performance gate. */
  OutsideWorld built(Mode mode) throws IOException {
    long run = github.addRun(REPO, GitHubStandIn.Run.green(BUILD, "push", "v" + VERSION, commit));
    Map<String, String> actions = new HashMap<>(environment());
    actions.putAll(
        Map.of(
            "GITHUB_ACTIONS", "true", "GITHUB_REPOSITORY", REPO, "GITHUB_WORKFLOW_REF", REPO + "/" + BUILD + "@refs/tags/v" + VERSION,
            "GITHUB_EVENT_NAME", "push", "GITHUB_RUN_ID", Long.toString(run), "GITHUB_RUN_ATTEMPT", "1", "GITHUB_SHA", commit,
            "GITHUB_REF", "refs/tags/v" + VERSION));
    ReleasePlan plan = plan(mode, List.of());
    var staged = train(plan, new Surroundings(actions, home, Map.of()), line -> {}).run(StageName.STAGE_ARTIFACTS);
    if (staged.verdict() != Verdict.PASSED) {
      throw new AssertionError(staged.findings().toString());
    }
    ReleaseManifest manifest = new StagedSet(plan.directories().artifacts()).verifyUnsigned();
    Map<String, String> subjects = new HashMap<>(Map.of(ReleaseManifest.FILE, Digests.sha256(manifest.json())));
    manifest.artifacts().forEach(artifact -> subjects.put(artifact.file(), artifact.sha256()));
    github.addAttestation(
        REPO, List.copyOf(subjects.values()),
        sigstore.attest(new BuildRun(REPO, BUILD, "push", run, 1, commit, "refs/tags/v" + VERSION), subjects));
    Path zip = directory.resolve("upload.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream packed = new ZipOutputStream(out);
        Stream<Path> files = Files.list(plan.directories().artifacts())) {
      for (Path file : files.toList()) {
        packed.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, packed);
      }
    }
    github.addArtifact(REPO, run, "release", zip);
    for (Path file : files(plan.directories().artifacts())) {
      Files.delete(file);
    }
    Files.delete(plan.directories().artifacts());
    return this;
  }

  /** Puts evidence that the performance gate has passed into the notes, as the maintainer's machine does. */
  OutsideWorld measured(ReleasePlan plan) {
    try (GitRepository opened = GitRepository.open(repository)) {
      Receipt receipt = new Receipt(StageName.PERF_GATE, Verdict.PASSED, Train.binding(plan, opened), Map.of("host", "test"));
      new EvidenceNotes(new Notes(opened, Clock.systemUTC()), "test", Clock.systemUTC())
          .record(new Evidence(receipt, "test", "test", Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }
    return this;
  }

  /** All channels of the release, as a POM names them. */
  List<ChannelPlan> channels() {
    return List.of(
        channel("crates.io", Map.of("index", crates.index().toString()), "lamp"),
        channel("npm", Map.of(), "lamp"),
        channel("pypi", Map.of("endpoint", pypi.upload().toString(), "index", pypi.simple().toString()), "lamp"),
        channel("github", Map.of(), "bin/lamp"),
        channel(
            "homebrew",
            Map.of("tap", git.uri("tap.git").toString(), "formula", "Formula with spaces/lamp.rb", "server", "tap-of-settings"), "bin/lamp"));
  }

  static ChannelPlan channel(String name, Map<String, String> settings, String smoke) {
    Map<String, String> all = new java.util.TreeMap<>(settings);
    all.put("wait", "2"); // services on this machine show at once what they took
    return new ChannelPlan(name, "official", List.of(), Optional.of(smoke), all);
  }

  /** Where the credentials are: cargo's and npm's own files, a variable each for PyPI and GitHub, Maven's settings for the tap. */
  OutsideWorld configured() throws IOException {
    Path cargo = Files.createDirectories(home.resolve(".cargo"));
    Files.writeString(cargo.resolve("config.toml"), "[registries.loop]\nindex = \"" + crates.index() + "\"\n");
    Files.writeString(cargo.resolve("credentials.toml"), "[registries.loop]\ntoken = \"" + CANARIES.get("crates") + "\"\n");
    Files.writeString(home.resolve(".npmrc"), "registry=" + npm.base() + "/\n//" + npm.base().getAuthority() + "/:_authToken=" + CANARIES.get("npm") + "\n");
    return this;
  }

  /** With twine's own file in place of the variable. */
  Map<String, String> withTwinesFile(Map<String, String> environment) throws IOException {
    Files.writeString(
        home.resolve(".pypirc"),
        "[distutils]\nindex-servers =\n    loop\n[loop]\nrepository = " + pypi.upload() + "\nusername = __token__\npassword = " + CANARIES.get("pypi") + "\n");
    Map<String, String> without = new HashMap<>(environment);
    without.remove("TWINE_PASSWORD");
    return without;
  }

  Map<String, Login> servers() {
    return Map.of(
        "npm-of-settings", new Login("", new Secret(CANARIES.get("npm"))),
        "tap-of-settings", new Login("tapper", new Secret(CANARIES.get("tap"))),
        "not-of-this-release", new Login("x", new Secret("decoyThatNobodyAskedFor")));
  }

  Surroundings around() {
    return new Surroundings(environment(), home, servers());
  }

  /** What the train finds in its environment: this machine's, the services' places, and credentials. */
  Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("PATH", System.getenv("PATH"));
    env.put("HOME", home.toString());
    env.put("LANG", "C.UTF-8");
    env.put("RUSTUP_HOME", System.getenv().getOrDefault("RUSTUP_HOME", Path.of(System.getProperty("user.home"), ".rustup").toString()));
    if (System.getenv("PYENV_ROOT") != null) {
      env.put("PYENV_ROOT", System.getenv("PYENV_ROOT"));
    }
    env.put("GIT_CONFIG_NOSYSTEM", "1");
    env.put("CI", "true");
    env.put("GITHUB_API_URL", github.base().toString());
    env.put("GITHUB_TOKEN", CANARIES.get("github"));
    env.put("TWINE_PASSWORD", CANARIES.get("pypi"));
    env.put("AWS_SECRET_ACCESS_KEY", "decoySecretOfSomethingElse");
    // Nothing of a test may leave this machine.
    for (String proxy : List.of("HTTPS_PROXY", "HTTP_PROXY")) {
      env.put(proxy, "http://127.0.0.1:9");
    }
    env.put("NO_PROXY", "127.0.0.1,localhost");
    return env;
  }

  ReleasePlan plan(Mode mode, List<ChannelPlan> channels) throws IOException {
    return plan(directory, mode, channels, Clients.pythonWithTwine());
  }

  static ReleasePlan plan(Path directory, Mode mode, List<ChannelPlan> channels, Path python) {
    StagingPlan staging =
        new StagingPlan(
            List.of("cargo package --no-verify --offline"),
            List.of(
                rule(Kind.CRATE, "target/package/lamp-{version}.crate", 1), rule(Kind.NPM, "prebuilt/lamp-cli-{version}.tgz", 1),
                rule(Kind.WHEEL, "prebuilt/lamp-{version}-py3-none-any.whl", 1), rule(Kind.SDK, "prebuilt/lamp_{version}_*.tar.gz", 4)),
            Optional.empty(), Duration.ofMinutes(20));
    return new ReleasePlan(
        directory.resolve("repository"), SemVer.parse(VERSION), mode, Optional.empty(), LockstepPlan.discovered(),
        new CandidatePlan(Optional.of("main"), Optional.empty(), Optional.of(".github/workflows/ci.yml"), Optional.of(REPO)),
        new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
        staging, channels, Map.of("python", python.toString()),
        new ReleasePlan.Directories(directory.resolve("artifacts"), directory.resolve("evidence"), directory.resolve("sandbox")),
        new ProvenancePlan(
            Optional.of("v" + VERSION), OptionalLong.empty(), Optional.empty(), Optional.of(directory.resolve("trusted_root.json")),
            Optional.of(BUILD), Optional.empty(), Optional.empty()));
  }

  Train train(ReleasePlan plan, Surroundings around, dev.plasmite.gate.Progress progress) {
    return new Train(plan, new Invocation("mvn", "test", "test", List.of(), false), progress, around);
  }

  private static ArtifactRule rule(Kind kind, String pattern, int count) {
    return new ArtifactRule(kind, pattern, count, Optional.empty(), Optional.empty());
  }

  /**
   * Runs stages in a process of their own, whose environment is this and nothing else.
   *
   * @return all that it said
   */
  String process(Map<String, String> environment, Mode mode, StageName... stages) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(), "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home,
                "-cp", System.getProperty("java.class.path"), TrainMain.class.getName(), directory.toString(), Clients.pythonWithTwine().toString(), mode.id()));
    for (StageName stage : stages) {
      command.add(stage.name());
    }
    Exit exit = processes.run(Command.of(repository, command).with(environment).within(Duration.ofMinutes(20)));
    if (!exit.ok()) {
      throw new AssertionError(exit.out() + exit.err());
    }
    return exit.out() + exit.err();
  }

  /** Requests to all services that were not just reads, as {@code service METHOD path}. Git reads by POST, too. */
  List<String> changes() {
    Map<String, List<Logged>> all = new LinkedHashMap<>();
    all.put("crates", crates.requests());
    all.put("npm", npm.requests());
    all.put("pypi", pypi.requests());
    all.put("github", github.requests());
    List<String> changes = new ArrayList<>();
    all.forEach(
        (service, requests) ->
            requests.stream()
                .filter(r -> !r.method().equals("GET") && !r.method().equals("HEAD"))
                .forEach(r -> changes.add(service + " " + r.method() + " " + r.path())));
    git.requests().stream().filter(r -> !r.startsWith("GET ") && !r.endsWith("/git-upload-pack")).forEach(r -> changes.add("git " + r));
    return changes;
  }

  /** How many of a secret's spellings are whole; the others are what every base64 of it has in its middle. */
  private static final int WHOLE = 5;

  /** Every secret in each spelling that a server might repeat. */
  static List<String> spellings(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(secret));
    all.add(new String(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(secret)));
    all.add(java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8));
    all.add(java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
    all.add(java.util.HexFormat.of().formatHex(bytes));
    for (String before : List.of("", "x", "xy")) {
      String whole = java.util.Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
      all.add(whole.substring(4, whole.length() - 4)); // what does not depend on what is before and after
    }
    return all;
  }

  /** A fault whose answer repeats what the client has shown, in every spelling; nothing is done. */
  static Fault echo(Request request, int status) {
    return Fault.before(status).saying(shown(request));
  }

  /** The same with all done that was asked. */
  static Fault echoAfter(Request request, int status) {
    return Fault.after(status).saying(shown(request));
  }

  private static String shown(Request request) {
    String shown = request.header("Authorization").orElse("");
    StringBuilder words = new StringBuilder("you sent ").append(shown);
    String bare = shown.replaceFirst("^(Bearer|Basic|token) ", "");
    if (shown.startsWith("Basic ")) {
      String decoded = new String(java.util.Base64.getDecoder().decode(bare), StandardCharsets.UTF_8);
      words.append(' ').append(decoded);
      bare = decoded.substring(decoded.indexOf(':') + 1);
    }
    for (String user : List.of("", "u:", "us:", "use:")) {
      words.append(' ').append(java.util.Base64.getEncoder().encodeToString((user + bare + user).getBytes(StandardCharsets.UTF_8)));
    }
    spellings(bare).subList(0, WHOLE).forEach(s -> words.append(' ').append(s));
    return words.toString();
  }

  String git(Path where, String... args) {
    List<String> argv = new ArrayList<>(List.of("git", "-c", "maintenance.auto=false", "-c", "gc.auto=0"));
    argv.addAll(List.of(args));
    Exit exit = processes.run(Command.of(where, argv).with(environment()).with(Map.of("GIT_CONFIG_GLOBAL", "/dev/null")));
    if (!exit.ok()) {
      throw new AssertionError(argv + ": " + exit.err());
    }
    return exit.out();
  }

  private void run(Path where, String... argv) {
    Exit exit = processes.run(Command.of(where, List.of(argv)).with(environment()));
    if (!exit.ok()) {
      throw new AssertionError(String.join(" ", argv) + ": " + exit.err());
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = repository.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void wheel(Path file) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String info = "lamp-1.2.0.dist-info/";
    files.put("lamp/__init__.py", "def main():\n    print('lamp 1.2.0')\n");
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: lamp\nVersion: 1.2.0\nSummary: A lamp\n");
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "entry_points.txt", "[console_scripts]\nlamp = lamp:main\n");
    StringBuilder record = new StringBuilder();
    files.forEach(
        (name, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          String digest = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.HexFormat.of().parseHex(Digests.sha256(bytes)));
          record.append(name).append(",sha256=").append(digest).append(',').append(bytes.length).append('\n');
        });
    files.put(info + "RECORD", record.append(info).append("RECORD,,\n").toString());
    Files.write(file, Samples.zip(files));
  }

  static List<Path> files(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    PathUtils.deleteDirectory(temporary);
    crates.close();
    npm.close();
    pypi.close();
    github.close();
    git.close();
  }
}
