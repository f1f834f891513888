package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PyPI, or an index that speaks its protocols (PEP 503 and 691, the legacy upload API). twine uploads; its
 * {@code --skip-existing} is never used, since it takes other bytes under the same name for success.
 */
public final class PyPiChannel extends RegistryChannel {

  private static final String SIMPLE_JSON = "application/vnd.pypi.simple.v1+json";

  public PyPiChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("PyPI", bench, plan, endpoint);
  }

  @Override
  public List<Finding> preflight() {
    return ClientCheck.of(bench, "python", "-m", "twine", "--version");
  }

  @Override
  URI download(Artifact file) {
    JsonNode entry = entry(file).orElseThrow(() -> new OutsideFailure(name() + " does not have " + file.file()));
    return HttpReading.address(project(file), entry.path("url").asText());
  }

  @Override
  public Installation install(Path directory) {
    Map<String, String> env = bench.environment(directory.resolve("home"));
    Path root = directory.resolve("root");
    Exit venv = bench.run(directory, env, List.of("python", "-m", "venv", root.toString()));
    if (!venv.ok()) {
      return new Installation("python -m venv", venv, List.of(), Optional.empty());
    }
    Path bin = root.resolve(System.getProperty("os.name").startsWith("Windows") ? "Scripts" : "bin");
    Path report = directory.resolve("pip-report.json");
    List<String> argv =
        List.of(
            bin.resolve("python").toString(), "-m", "pip", "install", "--isolated", "--no-cache-dir", "--no-input",
            "--only-binary", ":all:", "--index-url", endpoint.index().toString(), "--report", report.toString(), "--",
            projectOf(files().get(0)) + "==" + bench.plan().version());
    Exit client = bench.run(directory, env, argv);
    return new Installation(
        String.join(" ", argv),
        client,
        client.ok() ? received(report) : List.of(),
        smoke(client, bin, directory));
  }

  @Override
  Holding holding(Artifact file) {
    return entry(file)
        .map(
            entry -> {
              String sha256 = entry.path("hashes").path("sha256").asText();
              return sha256.equals(file.sha256())
                  ? Holding.same(sha256)
                  : Holding.other(sha256.isEmpty() ? "(no sha256 given)" : "sha256 " + sha256);
            })
        .orElseGet(Holding::absent);
  }

  private Optional<JsonNode> entry(Artifact file) {
    Optional<JsonNode> index = http.json(project(file), Map.of("Accept", SIMPLE_JSON, "Cache-Control", "no-cache"));
    for (JsonNode entry : index.map(node -> node.path("files")).orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance())) {
      if (file.file().equals(entry.path("filename").asText())) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  @Override
  String publish(Artifact file) {
    Map<String, String> env = new HashMap<>(bench.environment(bench.freshHome("twine")));
    env.put("TWINE_USERNAME", endpoint.user().isEmpty() ? "__token__" : endpoint.user());
    env.put("TWINE_PASSWORD", endpoint.credential().reveal());
    List<String> argv =
        List.of(
            "python", "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url",
            endpoint.api().toString(), "--", file.path().toString());
    return bench.run(file.path().getParent(), env, argv).tail(20);
  }

  /** What pip says it downloaded (pip's "Installation Report" format). */
  private List<Delivered> received(Path report) {
    try {
      List<Delivered> received = new ArrayList<>();
      for (JsonNode item : http.parse(report.toUri(), Files.readString(report)).path("install")) {
        JsonNode download = item.path("download_info");
        String url = download.path("url").asText();
        String sha256 = download.path("archive_info").path("hashes").path("sha256").asText();
        files().stream()
            .filter(d -> url.endsWith("/" + d.file()))
            .forEach(d -> received.add(new Delivered(d.file(), d.sha256(), sha256)));
      }
      return received;
    } catch (IOException e) {
      throw new OutsideFailure("pip wrote no report", e);
    }
  }

  private URI project(Artifact file) {
    return URI.create(endpoint.index() + projectOf(file) + "/");
  }

  /** The project, normalized as the simple index wants it (PEP 503). */
  private String projectOf(Artifact file) {
    return bench.names().of(file).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** Wheels first: an installation that is under way then finds a wheel as soon as it finds anything. */
  @Override
  List<Artifact> files() {
    return Stream.concat(bench.artifacts(Kind.WHEEL).stream(), bench.artifacts(Kind.SDIST).stream()).toList();
  }
}
