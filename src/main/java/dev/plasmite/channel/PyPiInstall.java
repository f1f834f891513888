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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Installs a project with pip and with uv into an empty virtual environment: wheels only, so that no build of it runs. */
final class PyPiInstall {

  /** Whether this machine's C library is musl: it takes other wheels than glibc does (PEP 656). */
  private static final boolean MUSL =
      Optional.ofNullable(Path.of("/lib").toFile().list((lib, name) -> name.startsWith("ld-musl-"))).filter(found -> found.length > 0).isPresent();

  private static final Set<String> INTEL = Set.of("x86_64", "amd64");
  private static final Set<String> ARM = Set.of("arm64", "aarch64");

  private final Workbench bench;
  private final HttpReading http;
  private final URI index;
  private final String project;
  private final List<Artifact> files;

  /**
   * An installation.
   *
   * @param index the one index to take it from
   * @param project its name, normalized
   * @param files all files of the release there
   */
  PyPiInstall(Workbench bench, HttpReading http, URI index, String project, List<Artifact> files) {
    this.bench = bench;
    this.http = http;
    this.index = index;
    this.project = project;
    this.files = files;
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
        List.of(
            programs(root).resolve("python").toString(), "-m", "pip", "install", "--isolated", "--no-cache-dir", "--no-input",
            "--only-binary", ":all:", "--index-url", index.toString(), "--report", report.toString(), "--", requirement());
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
    StringBuilder line = new StringBuilder(requirement());
    files.forEach(file -> line.append(" --hash=sha256:").append(file.sha256()));
    try {
      Files.writeString(wanted, line.append('\n').toString());
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

  /** Whether a wheel's platform tag (PEP 425) is for this machine; one for another Python is left to the client to refuse. */
  static boolean isForThisPlatform(String wheel) {
    FilePlatform here = FilePlatform.here();
    String tag = wheel.substring(wheel.lastIndexOf('-') + 1).replaceFirst("\\.whl$", "").toLowerCase(Locale.ROOT);
    for (String platform : tag.split("\\.")) {
      boolean system =
          switch (here.system()) {
            case "macos" -> platform.startsWith("macosx");
            case "windows" -> platform.startsWith("win");
            default -> platform.startsWith("linux_") || platform.startsWith(MUSL ? "musllinux_" : "manylinux");
          };
      boolean cpu = platform.endsWith("universal2") || (here.cpu().equals("arm") ? ARM : INTEL).stream().anyMatch(platform::endsWith);
      if (platform.equals("any") || system && cpu) {
        return true;
      }
    }
    return false;
  }

  private String requirement() {
    return project + "==" + bench.plan().version();
  }

  private static Path programs(Path root) {
    return root.resolve(System.getProperty("os.name").startsWith("Windows") ? "Scripts" : "bin");
  }

  /** What pip says it downloaded of the project (pip's "Installation Report" format). */
  private List<Delivered> received(Path report) {
    try {
      List<Delivered> received = new ArrayList<>();
      for (JsonNode item : http.parse(report.toUri(), Files.readString(report)).path("install")) {
        if (project.equals(PyPiChannel.normalized(item.path("metadata").path("name").asText()))) {
          JsonNode download = item.path("download_info");
          String file = URLDecoder.decode(download.path("url").asText().replaceFirst("[?#].*", "").replaceFirst(".*/", ""), StandardCharsets.UTF_8);
          String sha256 = download.path("archive_info").path("hashes").path("sha256").asText();
          String staged = files.stream().filter(f -> f.file().equals(file)).map(Artifact::sha256).findFirst().orElse("(no file of this release)");
          received.add(new Delivered(file, staged, sha256));
        }
      }
      return received.isEmpty() ? List.of(new Delivered(files.get(0).file(), files.get(0).sha256(), "(pip reports no download of " + project + ")")) : received;
    } catch (IOException e) {
      throw new OutsideFailure("pip wrote no report", e);
    }
  }
}
