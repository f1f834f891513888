package dev.plasmite.publishing.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.github.HurriedGitHub;
import dev.plasmite.github.Release;
import dev.plasmite.json.StrictJson;
import dev.plasmite.sandbox.SandboxWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that users could get from a world, as they would: each file's bytes, and how many there are. */
final class Inventory {

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NORMAL).build();
  private final SandboxWorld world;
  private final TapServer tap;
  private final Map<String, String> state = new TreeMap<>();

  Inventory(SandboxWorld world, TapServer tap) {
    this.world = world;
    this.tap = tap;
  }

  Map<String, String> state() throws IOException {
    crates();
    npm();
    pypi();
    github();
    state.putAll(tap.state());
    return state;
  }

  private void crates() throws IOException {
    for (String crate : List.of("lamp", "lamp-native")) {
      String index = text(world.crates().base() + "/index/la/mp/" + crate);
      for (String line : index.lines().toList()) {
        JsonNode entry = StrictJson.mapper().readTree(line);
        String version = entry.path("vers").asText();
        put("crates.io " + crate + " " + version, entry.path("cksum").asText() + " yanked " + entry.path("yanked").asBoolean());
        put("crates.io " + crate + " " + version + " bytes", digest(world.crates().base() + "/crates/" + crate + "/" + crate + "-" + version + ".crate"));
      }
    }
  }

  private void npm() throws IOException {
    String text = text(world.npm().base() + "/lamp");
    if (text.isEmpty()) {
      return;
    }
    JsonNode packument = StrictJson.mapper().readTree(text);
    put("npm dist-tags", packument.path("dist-tags").toString());
    for (Map.Entry<String, JsonNode> version : packument.path("versions").properties()) {
      JsonNode dist = version.getValue().path("dist");
      put("npm lamp " + version.getKey(), dist.path("integrity").asText());
      put("npm lamp " + version.getKey() + " bytes", digest(dist.path("tarball").asText()));
    }
  }

  private void pypi() throws IOException {
    String text = text(world.pypi().simple() + "lamp/", "Accept", "application/vnd.pypi.simple.v1+json");
    if (!text.isEmpty()) {
      for (JsonNode file : StrictJson.mapper().readTree(text).path("files")) {
        put("PyPI " + file.path("filename").asText(), file.path("hashes").path("sha256").asText());
        put("PyPI " + file.path("filename").asText() + " bytes", digest(world.pypi().simple().resolve(file.path("url").asText()).toString()));
      }
    }
  }

  private void github() {
    int number = 0;
    var client = HurriedGitHub.client(world.github().base(), world.token(SandboxWorld.GITHUB), new EffectGate(Mode.SANDBOX), Duration.ofSeconds(60));
    for (Release release : client.releases(World.REPOSITORY)) {
      String name = "GitHub release " + ++number;
      put(name, release.tag() + " draft " + release.draft() + " prerelease " + release.prerelease() + " " + release.name() + "\n" + release.body());
      for (Release.Asset asset : release.assets()) {
        put(name + " asset " + asset.name(), asset.state() + " " + asset.sha256());
      }
    }
  }

  private void put(String name, String value) {
    if (state.put(name, value) != null) {
      throw new AssertionError("doubled: " + name);
    }
  }

  /** The text at an address; empty when there is none. */
  private String text(String uri, String... headers) throws IOException {
    HttpResponse<byte[]> answer = get(uri, headers);
    return answer.statusCode() == 404 ? "" : new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private String digest(String uri) throws IOException {
    HttpResponse<byte[]> answer = get(uri);
    return answer.statusCode() == 200 ? Digests.sha256(answer.body()) : "status " + answer.statusCode();
  }

  private HttpResponse<byte[]> get(String uri, String... headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
