package dev.plasmite.publishing.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** Uploads as cargo, npm and twine do, in a few milliseconds: the same requests, sent once. */
final class Uploader {

  private static final String BOUNDARY = "a-boundary";

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Duration limit;

  /**
   * An uploader.
   *
   * @param limit how long it waits for an answer
   */
  Uploader(Duration limit) {
    this.limit = limit;
  }

  /** The body of a crate's upload (the Cargo book, "Publish"). */
  HttpResponse<String> crate(URI api, String token, String name, String dependency, Path file) throws IOException {
    ObjectNode metadata = StrictJson.mapper().createObjectNode();
    metadata.put("name", name).put("vers", Product.VERSION).put("description", "A lamp").put("license", "MIT");
    metadata.putObject("features");
    if (dependency.isEmpty()) {
      metadata.putArray("deps");
    } else {
      ObjectNode dep = metadata.putArray("deps").addObject();
      dep.put("name", dependency).put("version_req", "=" + Product.VERSION).put("optional", false).put("default_features", true);
      dep.put("kind", "normal").putNull("target").putArray("features");
    }
    byte[] json = StrictJson.mapper().writeValueAsBytes(metadata);
    byte[] crate = Files.readAllBytes(file);
    byte[] body =
        ByteBuffer.allocate(8 + json.length + crate.length).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(json.length).put(json).putInt(crate.length).put(crate).array();
    return send("PUT", URI.create(api + "/api/v1/crates/new"), body, token, "application/octet-stream");
  }

  HttpResponse<String> npm(URI registry, String token, Path file) throws IOException {
    byte[] tarball = Files.readAllBytes(file);
    ObjectNode document = StrictJson.mapper().createObjectNode();
    document.put("_id", "lamp").put("name", "lamp").putObject("dist-tags").put("latest", Product.VERSION);
    document.putObject("versions").putObject(Product.VERSION).put("name", "lamp").put("version", Product.VERSION);
    document.putObject("_attachments").putObject(file.getFileName().toString())
        .put("content_type", "application/octet-stream").put("data", Base64.getEncoder().encodeToString(tarball)).put("length", tarball.length);
    return send("PUT", URI.create(registry + "lamp"), StrictJson.mapper().writeValueAsBytes(document), "Bearer " + token, "application/json");
  }

  HttpResponse<String> pypi(URI upload, String password, String name, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    field(form, ":action", "file_upload");
    field(form, "protocol_version", "1");
    field(form, "metadata_version", "2.1");
    field(form, "name", "lamp");
    field(form, "version", Product.VERSION);
    field(form, "filetype", name.endsWith(".whl") ? "bdist_wheel" : "sdist");
    field(form, "sha256_digest", Digests.sha256(bytes));
    form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"" + name
        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    form.writeBytes(bytes);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    String login = Base64.getEncoder().encodeToString(("__token__:" + password).getBytes(StandardCharsets.UTF_8));
    return send("POST", upload, form.toByteArray(), "Basic " + login, "multipart/form-data; boundary=" + BOUNDARY);
  }

  /** The API that a sparse index names. */
  URI crateApi(String index) throws IOException {
    String json = send("GET", URI.create(index.replaceFirst("^sparse\\+", "") + "config.json"), new byte[0], "", "").body();
    JsonNode config = StrictJson.mapper().readTree(json);
    return URI.create(config.path("api").asText());
  }

  HttpResponse<String> send(String method, URI uri, byte[] body, String authorization, String type) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(limit);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    request.method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void field(ByteArrayOutputStream form, String name, String value) {
    form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
        .getBytes(StandardCharsets.UTF_8));
  }
}
