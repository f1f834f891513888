package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.json.StrictJson;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Other people's Python packages: pages of the simple index as JSON (PEP 691), whose files are then read through this
 * registry, too. Only clients that take JSON are served, which pip does since 22.2 and uv always.
 */
final class OthersDistributions implements Others {

  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final String METADATA = ".metadata";

  private final Upstream upstream;
  private final String base;

  /** Where a file is that a page named, by project and file name. */
  private final Map<String, URI> files = new ConcurrentHashMap<>();

  /**
   * The packages behind a registry.
   *
   * @param base the registry's own address, without a slash at the end
   */
  OthersDistributions(Upstream upstream, String base) {
    this.upstream = upstream;
    this.base = base;
  }

  @Override
  public Optional<Reply> answer(Request request) throws IOException {
    List<String> path = request.path();
    boolean page = path.get(0).equals("simple") && path.size() == 3 && path.get(2).isEmpty();
    boolean file = path.get(0).equals("files") && path.size() == 3;
    if (!page && !file) {
      return Optional.empty();
    }
    String project = PyPiShelf.normalized(path.get(1));
    if (!upstream.serves(project)) {
      return Optional.empty();
    }
    if (page && !SimplePages.wantsJson(request.header("Accept").orElse(""))) {
      throw new Rejection(406, "the packages of others are told as JSON only: use pip 22.2 or newer, or uv");
    }
    return page ? page(project) : file(project, path.get(2));
  }

  private Optional<Reply> page(String project) throws IOException {
    URI there = upstream.at(project + "/");
    Optional<byte[]> document = upstream.document(there, JSON);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    JsonNode page;
    try {
      page = StrictJson.mapper().readTree(document.get());
    } catch (JsonProcessingException e) {
      throw new Rejection(502, "what the registry outside says of " + project + " is no JSON page of the simple index");
    }
    for (JsonNode entry : page.path("files")) {
      if (entry instanceof ObjectNode shown && shown.path("url").isTextual() && shown.path("filename").isTextual()) {
        String name = shown.path("filename").asText();
        files.put(project + "/" + name, there.resolve(shown.path("url").asText()));
        shown.put("url", SimplePages.address(base, project, name));
      }
    }
    byte[] bytes = StrictJson.mapper().writeValueAsBytes(page);
    return Optional.of(Reply.bytes(200, JSON, bytes).header("Vary", "Accept").tagged(Digests.sha256(bytes)));
  }

  private Optional<Reply> file(String project, String name) throws IOException {
    boolean metadata = name.endsWith(METADATA);
    String key = project + "/" + (metadata ? name.substring(0, name.length() - METADATA.length()) : name);
    if (!files.containsKey(key)) {
      page(project);
    }
    URI there = files.get(key);
    if (there == null) {
      return Optional.empty();
    }
    URI wanted = metadata ? URI.create(there + METADATA) : there;
    return upstream.file(wanted)
        .map(found -> Reply.file("application/octet-stream", found, Digests.sha256(name.getBytes(StandardCharsets.UTF_8))));
  }
}
