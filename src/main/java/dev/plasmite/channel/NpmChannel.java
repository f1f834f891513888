package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
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
public final class NpmChannel extends RegistryChannel {

  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  public NpmChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("npm", bench, plan, endpoint);
  }

  @Override
  public List<Finding> preflight() {
    return ClientCheck.of(bench, "npm", "--version");
  }

  @Override
  URI download(Artifact tarball) {
    JsonNode dist = dist(tarball).orElseThrow(() -> new OutsideFailure(name() + " does not have " + tarball.file()));
    return HttpReading.address(endpoint.index(), dist.path("tarball").asText());
  }

  @Override
  public Installation install(Path directory) {
    Artifact tarball = files().get(0);
    Path home = directory.resolve("home");
    Path prefix = directory.resolve("root");
    String spec = packageOf(tarball) + "@" + bench.plan().version();
    List<String> argv = new ArrayList<>(List.of("npm", "install", "--global", "--prefix", prefix.toString(), "--ignore-scripts"));
    argv.addAll(onlyThisRegistry(packageOf(tarball)));
    argv.addAll(List.of("--", spec));
    Exit client = bench.run(directory, bench.environment(home), argv);
    Path bin = System.getProperty("os.name").startsWith("Windows") ? prefix : prefix.resolve("bin");
    return new Installation(String.join(" ", argv), client, List.of(), smoke(client, bin, directory));
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
    // A scoped name is one path segment.
    String segment = URLEncoder.encode(packageOf(tarball), StandardCharsets.UTF_8).replace("%40", "@");
    URI uri = URI.create(endpoint.index() + segment);
    Map<String, String> headers = new HashMap<>(Map.of("Accept", ABBREVIATED, "Cache-Control", "no-cache"));
    return http.json(uri, headers)
        .map(packument -> packument.path("versions").path(bench.plan().version().toString()).path("dist"))
        .filter(dist -> !dist.isMissingNode());
  }

  @Override
  String publish(Artifact tarball) {
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

  @Override
  List<Artifact> files() {
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
