package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.CommandLine;
import dev.plasmite.client.Exit;
import dev.plasmite.client.PrivateFiles;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StagingPlan.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * npm, or a registry that speaks its protocol. Traps closed here: a tarball's own {@code publishConfig} and a scope's
 * registry would send it elsewhere, so both are overridden on the command line; a path without {@code ./} is read as a
 * GitHub shorthand; npm's retries make its own success look like a duplicate, so it does not retry.
 */
public final class NpmChannel implements Channel {

  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  private final Workbench bench;
  private final ChannelPlan plan;
  private final Endpoint endpoint;
  private final HttpReading http;

  public NpmChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    this.bench = bench;
    this.plan = plan;
    this.endpoint = endpoint;
    this.http = new HttpReading(bench.fetch());
  }

  @Override
  public String name() {
    return "npm";
  }

  @Override
  public String tier() {
    return plan.tier();
  }

  @Override
  public List<Finding> preflight() {
    return ClientCheck.of(bench, "npm", "--version");
  }

  @Override
  public List<Act> acts(Leg leg) {
    return leg == Leg.REGISTRY
        ? tarballs().stream()
            .<Act>map(tarball -> new FileAct(name(), tarball, endpoint.api(), this::holding, this::publish))
            .toList()
        : List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    List<Delivered> delivered = new ArrayList<>();
    for (Artifact tarball : tarballs()) {
      JsonNode dist = dist(tarball).orElseThrow(() -> new OutsideFailure(name() + " does not have " + tarball.file()));
      URI uri = endpoint.index().resolve(dist.path("tarball").asText());
      delivered.add(http.delivered(uri, tarball, directory));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Artifact tarball = tarballs().get(0);
    Path home = directory.resolve("home");
    Path prefix = directory.resolve("root");
    String spec = packageOf(tarball) + "@" + bench.plan().version();
    List<String> argv = new ArrayList<>(List.of("npm", "install", "--global", "--prefix", prefix.toString(), "--ignore-scripts"));
    argv.addAll(onlyThisRegistry(packageOf(tarball)));
    argv.addAll(List.of("--", spec));
    Exit client = bench.run(directory, bench.environment(home), argv);
    Path bin = System.getProperty("os.name").startsWith("Windows") ? prefix : prefix.resolve("bin");
    Optional<Exit> smoke =
        client.ok() && plan.smoke().isPresent()
            ? Optional.of(Smoke.run(bench, bin, directory, CommandLine.split(plan.smoke().get())))
            : Optional.empty();
    return new Installation(String.join(" ", argv), client, List.of(), smoke);
  }

  private Holding holding(Artifact tarball) {
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
    // A scoped name is one path segment.
    String segment = URLEncoder.encode(packageOf(tarball), StandardCharsets.UTF_8).replace("%40", "@");
    URI uri = URI.create(endpoint.index() + segment);
    Map<String, String> headers = new HashMap<>(Map.of("Accept", ABBREVIATED, "Cache-Control", "no-cache"));
    return http.json(uri, headers)
        .map(packument -> packument.path("versions").path(bench.plan().version().toString()).path("dist"))
        .filter(dist -> !dist.isMissingNode());
  }

  private String publish(Artifact tarball) {
    Path home = bench.freshHome("npm-publish");
    Map<String, String> env = new HashMap<>(bench.environment(home));
    // npm reads the variable itself: the token is in no argument and in no file.
    String authority = endpoint.api().toString().replaceFirst("^https?:", "");
    PrivateFiles.write(Path.of(env.get("npm_config_userconfig")), authority + ":_authToken=${PLASMITE_NPM_TOKEN}\n");
    env.put("PLASMITE_NPM_TOKEN", endpoint.credential().reveal());
    List<String> argv = new ArrayList<>(List.of("npm", "publish", "--ignore-scripts", "--access", "public", "--fetch-retries=0"));
    argv.addAll(List.of("--tag", bench.plan().version().isPrerelease() ? "next" : "latest"));
    argv.addAll(onlyThisRegistry(packageOf(tarball)));
    argv.addAll(List.of("--", "./" + tarball.path().getFileName()));
    return bench.run(tarball.path().getParent(), env, argv).tail(20);
  }

  private List<String> onlyThisRegistry(String packageName) {
    List<String> words = new ArrayList<>(List.of("--registry=" + endpoint.api()));
    if (packageName.startsWith("@")) {
      words.add("--" + packageName.substring(0, packageName.indexOf('/')) + ":registry=" + endpoint.api());
    }
    return words;
  }

  private List<Artifact> tarballs() {
    return bench.artifacts(Kind.NPM);
  }

  private String packageOf(Artifact tarball) {
    return bench.names().of(tarball);
  }

  /** Subresource integrity, as npm states it: sha512 in base64. */
  private static String integrityOf(Artifact tarball) {
    return "sha512-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(tarball.sha512()));
  }
}
