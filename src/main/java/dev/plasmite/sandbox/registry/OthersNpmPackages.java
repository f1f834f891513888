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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Other people's npm packages: packuments, whose tarballs are then read through this registry, too. */
final class OthersNpmPackages implements Others {

  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  private final Upstream upstream;
  private final String base;

  /** Where a tarball is that a packument named, by its path here. */
  private final Map<String, URI> tarballs = new ConcurrentHashMap<>();

  /**
   * The packages behind a registry.
   *
   * @param base the registry's own address, without a slash at the end
   */
  OthersNpmPackages(Upstream upstream, String base) {
    this.upstream = upstream;
    this.base = base;
  }

  @Override
  public Optional<Reply> answer(Request request) throws IOException {
    List<String> path = new ArrayList<>(request.path());
    if (path.get(0).equals("-")) {
      return Optional.empty();
    }
    if (path.get(0).startsWith("@") && !path.get(0).contains("/") && path.size() > 1) {
      path.set(0, path.get(0) + "/" + path.remove(1));
    }
    String name = NpmShelf.checkedName(path.get(0));
    if (!upstream.serves(name)) {
      return Optional.empty();
    }
    if (path.size() == 1) {
      return packument(name, request.header("Accept").orElse("").contains(ABBREVIATED) ? ABBREVIATED : "application/json");
    }
    return path.size() == 3 && path.get(1).equals("-") ? tarball(name, path.get(2)) : Optional.empty();
  }

  private Optional<Reply> packument(String name, String form) throws IOException {
    Optional<byte[]> document = upstream.document(upstream.at(name.replace("/", "%2f")), form);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = StrictJson.mapper().writeValueAsBytes(readHere(name, document.get()));
    return Optional.of(Reply.bytes(200, form, bytes).header("Vary", "accept").tagged(Digests.sha256(bytes)));
  }

  private JsonNode readHere(String name, byte[] document) throws IOException {
    JsonNode packument;
    try {
      packument = StrictJson.mapper().readTree(document);
    } catch (JsonProcessingException e) {
      throw new Rejection(502, "what the registry outside says of " + name + " is no JSON");
    }
    for (JsonNode version : packument.path("versions")) {
      if (version.path("dist") instanceof ObjectNode dist && dist.path("tarball").isTextual()) {
        URI there = URI.create(dist.path("tarball").asText());
        String file = there.getRawPath().substring(there.getRawPath().lastIndexOf('/') + 1);
        String here = name + "/-/" + file;
        tarballs.put(here, there);
        dist.put("tarball", base + "/" + here);
      }
    }
    return packument;
  }

  private Optional<Reply> tarball(String name, String file) {
    String here = name + "/-/" + file;
    URI there = tarballs.getOrDefault(here, upstream.at(here));
    return upstream.file(there).map(found -> Reply.file("application/octet-stream", found, Digests.sha256(here.getBytes(StandardCharsets.UTF_8))));
  }
}
