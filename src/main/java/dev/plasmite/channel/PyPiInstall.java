package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Installs the projects of a release with pip and with uv, all in one go, into an empty virtual environment: wheels only, so
 * that no build of theirs runs.
 */
final class PyPiInstall {

  private final Workbench bench;
  private final HttpReading http;
  private final URI index;
  private final Map<String, List<Artifact>> projects;

  /**
   * An installation.
   *
   * @param index the one index to take it from
   * @param projects all files of the release there, by the normalized names of their projects
   */
  PyPiInstall(Workbench bench, HttpReading http, URI index, Map<String, List<Artifact>> projects) {
    this.bench = bench;
    this.http = http;
    this.index = index;
    this.projects = projects;
  }

  /** An installation before anything of it has run. */
  record Installed(String with, String how, Exit client, List<Delivered> received, Path programs) {}

  Installed pip(Path directory) {
    Map<String, String> env = bench.environment(directory.resolve("home"));
    Path root = directory.resolve("root");
    Exit venv = bench.run(directory, env, List.of("python", "-m", "venv", root.toString()));
    if (!venv.ok()) {
      return new Installed("pip", "python -m venv", venv, List.of(), programs(root));
    }
    Path report = directory.resolve("pip-report.json");
    List<String> argv =
        new ArrayList<>(
            List.of(
                programs(root).resolve("python").toString(), "-m", "pip", "install", "--isolated", "--no-cache-dir", "--no-input",
                "--only-binary", ":all:", "--index-url", index.toString(), "--report", report.toString(), "--"));
    projects.keySet().forEach(project -> argv.add(requirement(project)));
    Exit client = bench.run(directory, env, argv);
    return new Installed("pip", String.join(" ", argv), client, client.ok() ? received(report) : List.of(), programs(root));
  }

  /** uv keeps no report of what came, so it is told the staged digests, and refuses every other file. */
  Installed uv(Path directory) {
    Map<String, String> env = bench.environment(directory.resolve("home"));
    Path root = directory.resolve("root");
    Exit venv = bench.run(directory, env, List.of("uv", "venv", "--no-config", "--python", bench.executable("python"), root.toString()));
    if (!venv.ok()) {
      return new Installed("uv", "uv venv", venv, List.of(), programs(root));
    }
    Path wanted = directory.resolve("wanted.txt");
    StringBuilder lines = new StringBuilder();
    projects.forEach((project, files) -> {
      lines.append(requirement(project));
      files.forEach(file -> lines.append(" --hash=sha256:").append(file.sha256()));
      lines.append('\n');
    });
    try {
      Files.writeString(wanted, lines);
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + wanted, e);
    }
    List<String> argv =
        List.of(
            "uv", "pip", "install", "--no-config", "--no-cache", "--no-progress", "--python", programs(root).resolve("python").toString(),
            "--only-binary", ":all:", "--default-index", index.toString(), "-r", wanted.toString());
    Exit client = bench.run(directory, env, argv);
    return new Installed("uv", String.join(" ", argv), client, List.of(), programs(root));
  }

  private String requirement(String project) {
    return project + "==" + bench.plan().version();
  }

  static Path programs(Path root) {
    return root.resolve(System.getProperty("os.name").startsWith("Windows") ? "Scripts" : "bin");
  }

  /** What pip says it downloaded of the projects (pip's "Installation Report" format); one that it does not name has come as nothing. */
  private List<Delivered> received(Path report) {
    try {
      JsonNode install = http.parse(report.toUri(), Files.readString(report)).path("install");
      List<Delivered> received = new ArrayList<>();
      projects.forEach((project, files) -> received.add(received(install, project, files)));
      return received;
    } catch (IOException e) {
      throw new OutsideFailure("pip wrote no report", e);
    }
  }

  private static Delivered received(JsonNode install, String project, List<Artifact> files) {
    for (JsonNode item : install) {
      if (project.equals(PyPiChannel.normalized(item.path("metadata").path("name").asText()))) {
        JsonNode download = item.path("download_info");
        String file = URLDecoder.decode(download.path("url").asText().replaceFirst("[?#].*", "").replaceFirst(".*/", ""), StandardCharsets.UTF_8);
        String sha256 = download.path("archive_info").path("hashes").path("sha256").asText();
        String staged = files.stream().filter(f -> f.file().equals(file)).map(Artifact::sha256).findFirst().orElse("(no file of this release)");
        return new Delivered(file, staged, sha256);
      }
    }
    return new Delivered(files.get(0).file(), files.get(0).sha256(), "(pip reports no download of " + project + ")");
  }
}
