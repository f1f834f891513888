package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.client.PrivateFiles;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * npm, or a registry that speaks its protocol. Traps closed here: a tarball's own {@code publishConfig} and a scope's
 * registry would send it elsewhere, so both are overridden on the command line; a path without {@code ./} is read as a
 * GitHub shorthand; npm's retries make its own success look like a duplicate, so it does not retry.
 */
public final class NpmChannel extends RegistryChannel {

  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  private final Map<Artifact, NodePackage> packed = new ConcurrentHashMap<>();
  private List<Artifact> files;

  public NpmChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("npm", bench, plan, endpoint);
  }

  @Override
  List<Finding> client() {
    return ClientCheck.of(bench, "npm", "--version");
  }

  @Override
  List<Finding> right() {
    return questions().right(files().stream().collect(Collectors.toMap(this::packageOf, this::packument, (a, b) -> a, LinkedHashMap::new)));
  }

  @Override
  List<Finding> state() {
    return files().stream().flatMap(tarball -> questions().state(packageOf(tarball), packument(tarball), tag()).stream()).toList();
  }

  @Override
  List<Finding> attempt() {
    return files().stream().filter(tarball -> dist(tarball).isEmpty()).flatMap(tarball -> rehearsed(tarball).stream()).toList();
  }

  private NpmPreflight questions() {
    return new NpmPreflight(plan, endpoint, http, bench.plan().version());
  }

  /** npm does all of a publish but the sending: it refuses what it would refuse then, and says where it would send to. */
  private List<Finding> rehearsed(Artifact tarball) {
    Exit exit = npmPublish(tarball, List.of("--dry-run"));
    String said = (exit.out() + "\n" + exit.err()).strip();
    if (!exit.ok()) {
      return List.of(Finding.of("npm would not publish " + tarball.file() + ": " + said).remedy("mend it in the product, and build again"));
    }
    return !said.contains("Publishing to ") || said.contains("Publishing to " + endpoint.api())
        ? List.of()
        : List.of(
            Finding.of("npm would publish " + tarball.file() + " to another registry than " + endpoint.api() + ": " + said)
                .remedy("take publishConfig out of its package.json"));
  }

  @Override
  URI download(Artifact tarball) {
    JsonNode dist = dist(tarball).orElseThrow(() -> new NotThere(name() + " does not have " + tarball.file()));
    return HttpReading.address(endpoint.index(), dist.path("tarball").asText());
  }

  @Override
  public Installation install(Path directory) {
    return run(installer().npm(directory.resolve("npm")));
  }

  @Override
  public List<Installation> installations(Path directory) {
    List<Installation> installations = new ArrayList<>();
    if (!usable().isEmpty()) {
      installations.add(install(directory));
      if (bench.has("pnpm")) {
        installations.add(run(installer().pnpm(directory.resolve("pnpm"))));
      }
    }
    return installations;
  }

  @Override
  public Map<String, String> notRunHere() {
    Map<String, String> leftOut = new LinkedHashMap<>();
    files().forEach(tarball -> refusal(tarball).ifPresent(why -> leftOut.put(tarball.file(), why)));
    if (!bench.has("pnpm")) {
      leftOut.put("pnpm", "there is no pnpm on this machine");
    }
    return leftOut;
  }

  private List<Artifact> usable() {
    return files().stream().filter(tarball -> refusal(tarball).isEmpty()).toList();
  }

  private Optional<String> refusal(Artifact tarball) {
    return packed(tarball).refusal(this::libc);
  }

  private NodePackage packed(Artifact tarball) {
    return packed.computeIfAbsent(tarball, file -> NodePackage.of(http, file));
  }

  /** The C library that node is linked with, by node's own report, as npm finds it out. */
  private String libc() {
    Path home = bench.freshHome("node-libc");
    Exit exit = bench.run(home, bench.environment(home), List.of("node", "-p", "process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'"));
    return exit.ok() ? exit.out().strip() : "one that it does not tell";
  }

  private NpmInstall installer() {
    List<String> registry = new ArrayList<>();
    usable().stream().flatMap(tarball -> onlyThisRegistry(packageOf(tarball)).stream()).distinct().forEach(registry::add);
    return new NpmInstall(bench, http, usable(), NpmChannel::integrityOf, registry);
  }

  /** A program of it, or node itself with a library of it. */
  private Installation run(NpmInstall.Installed installed) {
    boolean ready = installed.client().ok() && ours(installed.received());
    Optional<Exit> smoke = plan.smoke().filter(command -> ready).map(command -> smoke(installed, new ArrayList<>(CommandLine.split(command))));
    return new Installation(installed.with(), installed.how(), installed.client(), installed.received(), smoke);
  }

  private Exit smoke(NpmInstall.Installed installed, List<String> argv) {
    boolean executable = !System.getProperty("os.name").startsWith("Windows"); // there only npm's script makes a program of it
    if (executable && !argv.get(0).equals("node")) {
      argv.set(0, installed.program(argv.get(0), usable().stream().map(this::packageOf).toList(), http));
    }
    return Smoke.run(bench, installed.bin(), installed.project(), argv, Set.of("node"));
  }

  @Override
  Holding holding(Artifact tarball) {
    return dist(tarball)
        .map(
            dist -> {
              String integrity = dist.path("integrity").asText();
              return integrity.equals(integrityOf(tarball))
                  ? Holding.same(tarball.sha256())
                  : Holding.other(integrity.isEmpty() ? "shasum " + dist.path("shasum").asText() : integrity);
            })
        .orElseGet(Holding::absent);
  }

  private Optional<JsonNode> dist(Artifact tarball) {
    return http.json(packument(tarball), Map.of("Accept", ABBREVIATED, "Cache-Control", "no-cache"))
        .map(packument -> packument.path("versions").path(bench.plan().version().toString()).path("dist"))
        .filter(dist -> !dist.isMissingNode());
  }

  /** Where the registry describes the package; a scoped name is one path segment. */
  private URI packument(Artifact tarball) {
    return URI.create(endpoint.index() + URLEncoder.encode(packageOf(tarball), StandardCharsets.UTF_8).replace("%40", "@"));
  }

  @Override
  String publish(Artifact tarball) {
    return npmPublish(tarball, List.of()).tail(20);
  }

  private Exit npmPublish(Artifact tarball, List<String> more) {
    Path home = bench.freshHome("npm-publish");
    Map<String, String> env = new HashMap<>(bench.environment(home));
    // npm reads the variable itself: the token is in no argument and in no file.
    String authority = endpoint.api().toString().replaceFirst("^https?:", "");
    PrivateFiles.write(Path.of(env.get("npm_config_userconfig")), authority + ":_authToken=${PLASMITE_NPM_TOKEN}\n");
    env.put("PLASMITE_NPM_TOKEN", endpoint.credential().reveal());
    List<String> argv = new ArrayList<>(List.of("npm", "publish", "--ignore-scripts", "--access", "public", "--fetch-retries=0"));
    // The build run's attestation is the provenance; npm's own would name this run, and be sent to yet another service.
    argv.add("--no-provenance");
    argv.addAll(more);
    argv.add("--tag=" + tag().name());
    argv.addAll(onlyThisRegistry(packageOf(tarball)));
    argv.addAll(List.of("--", tarball.path().toAbsolutePath().toString()));
    // In its own home, which is a project: where the tarball is, npm would take the .npmrc of a project above.
    return bench.run(home, env, argv);
  }

  private DistTag tag() {
    return DistTag.of(plan, bench.plan().version());
  }

  private List<String> onlyThisRegistry(String packageName) {
    List<String> words = new ArrayList<>(List.of("--registry=" + endpoint.api()));
    if (packageName.startsWith("@")) {
      words.add("--" + packageName.substring(0, packageName.indexOf('/')) + ":registry=" + endpoint.api());
    }
    return words;
  }

  /** The binaries of platforms come before the package that picks one of them. */
  @Override
  synchronized List<Artifact> files() {
    if (files == null) {
      files = DependencyOrder.of(bench.artifacts(Kind.NPM), this::packageOf, tarball -> new DependencyOrder.Needs(packed(tarball).needs(), Set.of()));
    }
    return files;
  }

  private String packageOf(Artifact tarball) {
    return bench.names().of(tarball);
  }

  /** Subresource integrity, as npm states it: sha512 in base64. */
  private static String integrityOf(Artifact tarball) {
    return "sha512-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(tarball.sha512()));
  }
}
