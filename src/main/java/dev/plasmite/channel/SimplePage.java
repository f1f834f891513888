package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * A project's page in a simple index, as JSON (PEP 691) or, where an index has only that, as HTML (PEP 503).
 *
 * @param files what it lists
 */
record SimplePage(List<SimplePage.File> files) {

  private static final Map<String, String> HEADERS =
      Map.of("Accept", "application/vnd.pypi.simple.v1+json, text/html;q=0.2", "Cache-Control", "no-cache");
  private static final Pattern SHA256 = Pattern.compile("(?:^|&)sha256=([0-9a-fA-F]{64})(?:&|$)");

  SimplePage {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param name its file name
   * @param url where it is
   * @param sha256 hex; empty when the index states none
   * @param yanked whether installers pass it over
   */
  record File(String name, URI url, String sha256, boolean yanked) {}

  /** Reads a page; nothing when the index does not know the project. */
  static Optional<SimplePage> of(HttpReading http, URI project) {
    return http.text(project, HEADERS).map(text -> parse(http, project, text));
  }

  /** What a page says, in either form. */
  static SimplePage parse(HttpReading http, URI project, String text) {
    return text.stripLeading().startsWith("{") ? json(http.parse(project, text), project) : html(text, project);
  }

  /** A file by its name. */
  Optional<File> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  private static SimplePage json(JsonNode page, URI project) {
    List<File> files = new ArrayList<>();
    for (JsonNode entry : page.path("files")) {
      JsonNode yanked = entry.path("yanked");
      files.add(
          new File(
              entry.path("filename").asText(),
              HttpReading.address(project, entry.path("url").asText()),
              entry.path("hashes").path("sha256").asText(),
              yanked.isTextual() || yanked.asBoolean()));
    }
    return new SimplePage(files);
  }

  private static SimplePage html(String text, URI project) {
    List<File> files = new ArrayList<>();
    for (Element anchor : Jsoup.parse(text).select("a[href]")) {
      URI url = HttpReading.address(project, anchor.attr("href"));
      Matcher sha256 = SHA256.matcher(String.valueOf(url.getFragment()));
      files.add(new File(anchor.text().strip(), url, sha256.find() ? sha256.group(1).toLowerCase(java.util.Locale.ROOT) : "", anchor.hasAttr("data-yanked")));
    }
    return new SimplePage(files);
  }
}
