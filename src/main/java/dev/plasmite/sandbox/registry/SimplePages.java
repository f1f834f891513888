package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The simple index as HTML (PEP 503, 629) and JSON (PEP 691, 700), and the JSON API's answers, with addresses of now. */
final class SimplePages {

  private static final String HTML_TYPE = "text/html; charset=utf-8";
  private static final String JSON_TYPE = "application/vnd.pypi.simple.v1+json";
  private static final String API = "1.1";

  private final ObjectMapper json;
  private final String base;

  SimplePages(ObjectMapper json, String base) {
    this.json = json;
    this.base = base;
  }

  /** Whether an Accept header prefers the JSON form to the HTML one. */
  static boolean wantsJson(String accept) {
    double wantsJson = 0;
    double wantsHtml = 0;
    for (String entry : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = entry.strip().split("\\s*;\\s*");
      double quality = 1;
      for (String part : parts) {
        if (part.matches("q=(0(\\.[0-9]{1,3})?|1(\\.0{1,3})?)")) {
          quality = Double.parseDouble(part.substring(2));
        }
      }
      if (parts[0].equals(JSON_TYPE) || parts[0].equals("application/vnd.pypi.simple.latest+json")) {
        wantsJson = Math.max(wantsJson, quality);
      } else if (parts[0].equals("text/html") || parts[0].startsWith("application/vnd.pypi.simple.")) {
        wantsHtml = Math.max(wantsHtml, quality);
      }
    }
    return wantsJson > wantsHtml;
  }

  /** The list of all projects. */
  Reply projects(List<String> names, boolean asJson) {
    if (asJson) {
      ObjectNode page = json.createObjectNode();
      page.putObject("meta").put("api-version", API);
      ArrayNode projects = page.putArray("projects");
      names.forEach(name -> projects.addObject().put("name", name));
      return tagged(JSON_TYPE, page.toString());
    }
    StringBuilder page = head("Simple index");
    for (String name : names) {
      page.append("    <a href=\"/simple/").append(PyPiShelf.normalized(name)).append("/\">")
          .append(escape(name)).append("</a>\n");
    }
    return tagged(HTML_TYPE, page.append("  </body>\n</html>\n").toString());
  }

  /** The files of one project. */
  Reply project(ObjectNode project, boolean asJson) {
    return asJson ? tagged(JSON_TYPE, projectJson(project).toString()) : tagged(HTML_TYPE, projectHtml(project));
  }

  /** The JSON API's answer for a project, or for one version of it. */
  Reply about(ObjectNode project, String version) {
    String wanted = version;
    ObjectNode answer = json.createObjectNode();
    ObjectNode releases = json.createObjectNode();
    String summary = "";
    for (JsonNode file : project.path("files")) {
      String of = file.path("version").asText();
      wanted = version == null ? of : wanted;
      ArrayNode files = releases.has(of) ? (ArrayNode) releases.get(of) : releases.putArray(of);
      files.add(described(project, file));
      summary = of.equals(wanted) ? file.path("summary").asText() : summary;
    }
    if (wanted == null || !releases.has(wanted)) {
      throw new Rejection(404, "Not Found");
    }
    answer.putObject("info")
        .put("name", project.path("name").asText())
        .put("version", wanted)
        .put("summary", summary)
        .put("yanked", false);
    answer.set("urls", releases.get(wanted));
    if (version == null) {
      answer.set("releases", releases);
    }
    return tagged("application/json", answer.toString());
  }

  /** Text for an HTML page. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }

  private ObjectNode projectJson(ObjectNode project) {
    ObjectNode page = json.createObjectNode();
    page.putObject("meta").put("api-version", API);
    page.put("name", PyPiShelf.normalized(project.path("name").asText()));
    TreeSet<String> versions = new TreeSet<>();
    ArrayNode files = page.putArray("files");
    for (JsonNode file : project.path("files")) {
      versions.add(file.path("version").asText());
      ObjectNode shown = files.addObject();
      shown.put("filename", file.path("filename").asText());
      shown.put("url", url(project, file));
      shown.putObject("hashes").put("sha256", file.path("sha256").asText());
      shown.put("size", file.path("size").asLong());
      shown.put("upload-time", file.path("uploaded").asText());
      shown.set("yanked", file.get("yanked"));
      if (!file.path("requires_python").asText().isEmpty()) {
        shown.set("requires-python", file.get("requires_python"));
      }
      if (file.has("metadata_sha256")) {
        shown.putObject("core-metadata").set("sha256", file.get("metadata_sha256"));
      }
    }
    ArrayNode list = page.putArray("versions");
    versions.forEach(list::add);
    return page;
  }

  private String projectHtml(ObjectNode project) {
    StringBuilder page = head("Links for " + escape(project.path("name").asText()));
    for (JsonNode file : project.path("files")) {
      page.append("    <a href=\"").append(escape(url(project, file))).append("#sha256=")
          .append(file.path("sha256").asText()).append('"');
      if (!file.path("requires_python").asText().isEmpty()) {
        page.append(" data-requires-python=\"").append(escape(file.path("requires_python").asText())).append('"');
      }
      if (file.has("metadata_sha256")) {
        page.append(" data-core-metadata=\"sha256=").append(file.path("metadata_sha256").asText()).append('"');
      }
      page.append('>').append(escape(file.path("filename").asText())).append("</a><br />\n");
    }
    return page.append("  </body>\n</html>\n").toString();
  }

  private ObjectNode described(ObjectNode project, JsonNode file) {
    ObjectNode shown = json.createObjectNode();
    shown.put("filename", file.path("filename").asText());
    shown.put("packagetype", file.path("packagetype").asText());
    shown.put("size", file.path("size").asLong());
    shown.put("upload_time_iso_8601", file.path("uploaded").asText());
    shown.put("url", url(project, file));
    shown.set("yanked", file.get("yanked"));
    shown.putObject("digests")
        .put("md5", file.path("md5").asText())
        .put("sha256", file.path("sha256").asText());
    return shown;
  }

  private String url(ObjectNode project, JsonNode file) {
    return address(base, PyPiShelf.normalized(project.path("name").asText()), file.path("filename").asText());
  }

  /** Where a registry has a file of a project, by its normalized name. */
  static String address(String base, String project, String file) {
    return base + "/files/" + project + "/" + file.replace("+", "%2B").replace("!", "%21");
  }

  private static StringBuilder head(String title) {
    return new StringBuilder("<!DOCTYPE html>\n<html>\n  <head>\n")
        .append("    <meta name=\"pypi:repository-version\" content=\"").append(API).append("\">\n")
        .append("    <title>").append(title).append("</title>\n  </head>\n  <body>\n    <h1>").append(title)
        .append("</h1>\n");
  }

  private static Reply tagged(String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Reply.bytes(200, type, bytes).tagged(Digests.sha256(bytes)).header("Vary", "Accept");
  }
}
