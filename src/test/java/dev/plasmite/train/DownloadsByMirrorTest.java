package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.CratesRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine on which cargo takes the packages of crates.io from a mirror. */
class DownloadsByMirrorTest {

  @TempDir Path temp;
  private String said = "";

  @Test
  void othersCratesComeFromTheMirrorInBuildsAndInTheSandboxsRegistry() throws Exception {
    try (CratesRegistry mirror = CratesRegistry.open(temp.resolve("mirror"), Accounts.of("token"));
        SandboxWorld world = SandboxWorld.open(temp.resolve("sandbox"))) {
      configured("[source.crates-io]\nreplace-with = \"near\"\n[source.near]\nregistry = \"" + mirror.index() + "\"\n");
      try (SandboxDownloads downloads = downloads(world)) {
        downloads.passOn(List.of());
        assertThat(index(world)).as("the mirror has none").isEqualTo(404);
        assertThat(mirror.requests()).anyMatch(request -> request.path().endsWith("/se/rd/serde"));
        Path cargo = Path.of(downloads.build("build").get("CARGO_HOME"));
        assertThat(Files.readString(cargo.resolve("config.toml"))).contains("replace-with = \"mirror\"", "registry = \"" + mirror.index() + "\"");
      }
      configured("[source.crates-io]\nreplace-with = \"near\"\n[source.near]\nregistry = \"https://git.example/index\"\n");
      try (SandboxDownloads downloads = downloads(world)) {
        downloads.passOn(List.of());
        assertThat(index(world)).isEqualTo(502);
        assertThat(said).contains("a mirror whose index is a git repository");
      }
    }
  }

  private int index(SandboxWorld world) throws IOException, InterruptedException {
    URI uri = URI.create(world.crates().index().toString().replaceFirst("^sparse\\+", "") + "se/rd/serde");
    HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    said = answer.body();
    return answer.statusCode();
  }

  private SandboxDownloads downloads(SandboxWorld world) throws IOException {
    ReleasePlan p = OutsideWorld.plan(temp, Mode.SANDBOX, List.of(), Path.of("python"));
    ReleasePlan plan =
        new ReleasePlan(
            p.repository(), p.version(), p.mode(), p.baseTag(), p.lockstep(), p.candidate(), p.perf(), p.staging(), p.channels(), p.clients(), p.directories(),
            p.provenance(), true);
    return new SandboxDownloads(plan, new Surroundings(Map.of("PATH", System.getenv("PATH")), temp.resolve("home"), Map.of()), world);
  }

  private void configured(String config) throws IOException {
    Files.writeString(Files.createDirectories(temp.resolve("home/.cargo")).resolve("config.toml"), config);
  }
}
