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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PyPI, or an index that speaks its protocols (PEP 503 and 691, the legacy upload API). {@link PyPiUploader} says who
 * uploads.
 */
public final class PyPiChannel extends RegistryChannel {

  private static final String SIMPLE_JSON = "application/vnd.pypi.simple.v1+json";

  public PyPiChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("PyPI", bench, plan, endpoint);
  }

  @Override
  List<Finding> checks() {
    PyPiUploader uploader = PyPiUploader.of(plan, bench);
    List<Finding> findings = new ArrayList<>(uploader.check(bench));
    if (uploader == PyPiUploader.TWINE && findings.isEmpty() && !files().isEmpty()) {
      findings.addAll(PyPiUploader.metadata(bench, files()));
    }
    if (!files().isEmpty()) {
      Artifact first = files().get(0);
      findings.addAll(new PyPiPreflight(plan, endpoint, http).findings(project(first), projectOf(first), files()));
    }
    return findings;
  }

  @Override
  URI download(Artifact file) {
    JsonNode entry = entry(file).orElseThrow(() -> new OutsideFailure(name() + " does not have " + file.file()));
    return HttpReading.address(project(file), entry.path("url").asText());
  }

  @Override
  public Installation install(Path directory) {
    return pip(directory.resolve("pip"));
  }

  @Override
  public List<Installation> installations(Path directory) {
    List<Installation> installations = new ArrayList<>(List.of(pip(directory.resolve("pip"))));
    if (bench.has("uv")) {
      installations.add(uv(directory.resolve("uv")));
    }
    return installations;
  }

  private Installation pip(Path directory) {
    Map<String, String> env = bench.environment(directory.resolve("home"));
    Path root = directory.resolve("root");
    Exit venv = bench.run(directory, env, List.of("python", "-m", "venv", root.toString()));
    if (!venv.ok()) {
      return new Installation("python -m venv", venv, List.of(), Optional.empty());
    }
    Path report = directory.resolve("pip-report.json");
    List<String> argv =
        List.of(
            programs(root).resolve("python").toString(), "-m", "pip", "install", "--isolated", "--no-cache-dir", "--no-input",
            "--only-binary", ":all:", "--index-url", endpoint.index().toString(), "--report", report.toString(), "--",
            requirement());
    Exit client = bench.run(directory, env, argv);
    List<Delivered> received = client.ok() ? received(report) : List.of();
    return new Installation(String.join(" ", argv), client, received, smoke(client, received, programs(root), directory));
  }

  /** uv keeps no report of what came, so it is told the staged digests, and refuses every other file. */
  private Installation uv(Path directory) {
    Map<String, String> env = bench.environment(directory.resolve("home"));
    Path root = directory.resolve("root");
    Exit venv = bench.run(directory, env, List.of("uv", "venv", "--no-config", "--python", bench.executable("python"), root.toString()));
    if (!venv.ok()) {
      return new Installation("uv venv", venv, List.of(), Optional.empty());
    }
    Path wanted = directory.resolve("wanted.txt");
    StringBuilder line = new StringBuilder(requirement());
    files().forEach(file -> line.append(" --hash=sha256:").append(file.sha256()));
    write(wanted, line.append('\n').toString());
    List<String> argv =
        List.of(
            "uv", "pip", "install", "--no-config", "--no-cache", "--no-progress", "--python", programs(root).resolve("python").toString(),
            "--only-binary", ":all:", "--default-index", endpoint.index().toString(), "-r", wanted.toString());
    Exit client = bench.run(directory, env, argv);
    return new Installation(String.join(" ", argv), client, List.of(), smoke(client, List.of(), programs(root), directory));
  }

  private String requirement() {
    return projectOf(files().get(0)) + "==" + bench.plan().version();
  }

  private static Path programs(Path root) {
    return root.resolve(System.getProperty("os.name").startsWith("Windows") ? "Scripts" : "bin");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + file, e);
    }
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
    return PyPiUploader.of(plan, bench).send(bench, endpoint, file);
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
