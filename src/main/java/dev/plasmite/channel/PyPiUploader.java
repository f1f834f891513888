package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who uploads to PyPI: twine or uv, as the channel's setting {@code client} says; without it twine where the configured
 * Python has it, else uv. Neither is ever told to skip what is there: twine would take other bytes under the same name for
 * success.
 */
enum PyPiUploader {
  TWINE {
    @Override
    List<Finding> check(Workbench bench) {
      return ClientCheck.of(bench, "python", "-I", "-m", "twine", "--version");
    }

    @Override
    List<String> upload(URI api, Path file) {
      return List.of(
          "python", "-I", "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url",
          api.toString(), "--", file.toString());
    }
  },
  UV {
    @Override
    List<Finding> check(Workbench bench) {
      return ClientCheck.of(bench, "uv", "--version");
    }

    @Override
    List<String> upload(URI api, Path file) {
      return List.of(
          "uv", "publish", "--no-progress", "--trusted-publishing", "never", "--publish-url", api.toString(), "--", file.toString());
    }
  };

  /** Whether the client is there and starts. */
  abstract List<Finding> check(Workbench bench);

  /** The client's command. */
  abstract List<String> upload(URI api, Path file);

  /** The one to use. */
  static PyPiUploader of(ChannelPlan plan, Workbench bench) {
    return switch (plan.settings().getOrDefault("client", "")) {
      case "uv" -> UV;
      case "twine" -> TWINE;
      default -> TWINE.check(bench).isEmpty() || !UV.check(bench).isEmpty() ? TWINE : UV;
    };
  }

  /** Sends a file; says what the client said. */
  String send(Workbench bench, Endpoint endpoint, Artifact file) {
    Path home = bench.freshHome("pypi-upload");
    Map<String, String> env = new HashMap<>(bench.environment(home));
    String client = this == TWINE ? "TWINE" : "UV_PUBLISH";
    env.put(client + "_USERNAME", endpoint.user().isEmpty() ? "__token__" : endpoint.user());
    env.put(client + "_PASSWORD", endpoint.credential().reveal());
    // Not where the files are: Python would take a twine.py there for twine.
    return bench.run(home, env, upload(endpoint.api(), file.path().toAbsolutePath())).tail(20);
  }

  /** What twine says of the files' metadata, which PyPI refuses an upload for; nothing is asked of anybody. */
  static List<Finding> metadata(Workbench bench, List<Artifact> files) {
    List<String> argv = new ArrayList<>(List.of("python", "-I", "-m", "twine", "check", "--"));
    files.forEach(file -> argv.add(file.path().toString()));
    Path home = bench.freshHome("twine-check");
    Exit exit = bench.run(home, bench.environment(home), argv);
    return exit.ok()
        ? List.of()
        : List.of(Finding.of("PyPI would refuse these files: " + (exit.out() + "\n" + exit.err()).strip()).remedy("mend the package's metadata, and build again"));
  }
}
