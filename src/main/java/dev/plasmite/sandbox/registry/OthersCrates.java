package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.json.StrictJson;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Other people's crates: index files and crate files of a sparse registry (the Cargo book, "Registry Index"). */
final class OthersCrates implements Others {

  private final Upstream upstream;
  private String download;

  OthersCrates(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public Optional<Reply> answer(Request request) throws IOException {
    List<String> path = request.path();
    boolean index = path.get(0).equals("index") && (path.size() == 3 || path.size() == 4);
    boolean file = path.get(0).equals("crates") && path.size() == 3;
    if (!index && !file) {
      return Optional.empty();
    }
    String name = index ? path.get(path.size() - 1) : path.get(1);
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}") || !upstream.serves(name)) {
      return Optional.empty();
    }
    if (index) {
      String below = String.join("/", path.subList(1, path.size()));
      return upstream.document(upstream.at(below), "text/plain")
          .map(lines -> Reply.bytes(200, "text/plain; charset=utf-8", lines).tagged(Digests.sha256(lines)));
    }
    String prefix = name + "-";
    if (!path.get(2).matches("[A-Za-z0-9_.+-]+\\.crate") || !path.get(2).startsWith(prefix)) {
      return Optional.empty();
    }
    String version = path.get(2).substring(prefix.length(), path.get(2).length() - ".crate".length());
    return upstream.file(address(name, version)).map(crate -> Reply.file("application/gzip", crate, name + "-" + version));
  }

  /** The index's own template, without markers {@code /{crate}/{version}/download} is put after it. */
  private URI address(String name, String version) throws IOException {
    String template = template();
    if (!template.contains("{")) {
      return URI.create(template + "/" + name + "/" + version + "/download");
    }
    if (template.contains("{sha256-checksum}")) {
      throw new Rejection(502, "the registry outside names crates by their checksum, which is not supported here");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return URI.create(
        template
            .replace("{crate}", name)
            .replace("{version}", version.replace("+", "%2B"))
            .replace("{lowerprefix}", prefix(lower))
            .replace("{prefix}", prefix(name)));
  }

  private synchronized String template() throws IOException {
    if (download == null) {
      URI config = upstream.at("config.json");
      byte[] bytes = upstream.document(config, "application/json").orElseThrow(() -> new Rejection(502, config + " is not there"));
      try {
        JsonNode dl = StrictJson.mapper().readTree(bytes).path("dl");
        if (!dl.isTextual()) {
          throw new Rejection(502, config + " does not say where crates are");
        }
        download = dl.asText();
      } catch (JsonProcessingException e) {
        throw new Rejection(502, config + " is no JSON");
      }
    }
    return download;
  }

  /** The directories of the index in which a name stands. */
  private static String prefix(String name) {
    List<String> path = CrateShelf.indexPath(name);
    return String.join("/", path.subList(0, path.size() - 1));
  }
}
