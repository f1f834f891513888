package dev.plasmite.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads GitHub's answers strictly: a field that is promised and missing, or of another type, is a failure. */
final class GitHubJson {

  private final ObjectMapper mapper = StrictJson.mapper();
  private final Failures failures;

  GitHubJson(Failures failures) {
    this.failures = failures;
  }

  ObjectMapper mapper() {
    return mapper;
  }

  JsonNode parse(Answer answer) {
    String type = answer.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.matches("application/([a-z0-9.+-]*\\+)?json.*")) {
      throw failures.malformed(answer, "with " + (type.isEmpty() ? "no content type" : type) + " in place of JSON");
    }
    try {
      JsonNode node = mapper.readTree(answer.body());
      if (node == null || node.isMissingNode()) {
        throw failures.malformed(answer, "with nothing in place of JSON");
      }
      return node;
    } catch (IOException e) {
      throw failures.malformed(answer, "what it sent is not JSON");
    }
  }

  WorkflowRun run(Answer answer, JsonNode run) {
    return new WorkflowRun(
        number(answer, run, "id"),
        line(answer, run, "path"),
        line(answer, run, "event"),
        line(answer, run, "head_sha"),
        run.path("head_repository").isObject() ? line(answer, run.get("head_repository"), "full_name") : "",
        run.path("head_branch").isNull() ? "" : line(answer, run, "head_branch"),
        textOrNull(answer, run, "status"),
        textOrNull(answer, run, "conclusion"),
        (int) (run.has("run_attempt") ? number(answer, run, "run_attempt") : 1),
        line(answer, run, "html_url"));
  }

  RunArtifact artifact(Answer answer, JsonNode artifact) {
    String digest = artifact.has("digest") ? textOrNull(answer, artifact, "digest") : "";
    if (!digest.isEmpty() && !digest.matches("sha256:[0-9a-f]{64}")) {
      throw failures.malformed(answer, "with a digest that is no sha256");
    }
    return new RunArtifact(
        number(answer, artifact, "id"),
        line(answer, artifact, "name"),
        number(answer, artifact, "size_in_bytes"),
        digest.isEmpty() ? "" : digest.substring("sha256:".length()),
        bool(answer, artifact, "expired"));
  }

  /** What a tag object points at: its type and name. */
  TagRef tagObject(Answer answer, JsonNode tag) {
    JsonNode object = tag.path("object");
    return new TagRef(line(answer, tag, "tag"), line(answer, object, "sha"), line(answer, object, "type"));
  }

  TagRef tagRef(Answer answer, JsonNode ref) {
    String name = text(answer, ref, "ref");
    JsonNode object = ref.path("object");
    if (!name.startsWith("refs/tags/")) {
      throw failures.malformed(answer, "with the ref " + name + ", which is no tag");
    }
    return new TagRef(
        name.substring("refs/tags/".length()), text(answer, object, "sha"), text(answer, object, "type"));
  }

  Release release(Answer answer, JsonNode release) {
    String upload = text(answer, release, "upload_url");
    int template = upload.indexOf('{');
    List<Release.Asset> assets = new ArrayList<>();
    for (JsonNode asset : array(answer, release, "assets")) {
      assets.add(asset(answer, asset));
    }
    return new Release(
        number(answer, release, "id"),
        text(answer, release, "tag_name"),
        text(answer, release, "target_commitish"),
        textOrNull(answer, release, "name"),
        release.has("body") ? textOrNull(answer, release, "body") : "",
        bool(answer, release, "draft"),
        bool(answer, release, "prerelease"),
        template < 0 ? upload : upload.substring(0, template),
        text(answer, release, "html_url"),
        assets,
        release.path("immutable").asBoolean(false));
  }

  Release.Asset asset(Answer answer, JsonNode asset) {
    String digest = asset.has("digest") ? textOrNull(answer, asset, "digest") : "";
    if (!digest.isEmpty() && !digest.matches("sha256:[0-9a-f]{64}")) {
      throw failures.malformed(answer, "with a digest that is no sha256");
    }
    return new Release.Asset(
        number(answer, asset, "id"),
        text(answer, asset, "name"),
        text(answer, asset, "state"),
        number(answer, asset, "size"),
        digest.isEmpty() ? "" : digest.substring("sha256:".length()),
        text(answer, asset, "browser_download_url"));
  }

  Issue issue(Answer answer, JsonNode issue) {
    return new Issue(
        number(answer, issue, "number"),
        text(answer, issue, "title"),
        text(answer, issue, "state"),
        text(answer, issue, "html_url"));
  }

  JsonNode array(Answer answer, JsonNode node, String field) {
    JsonNode value = field.isEmpty() ? node : node.path(field);
    if (!value.isArray()) {
      throw failures.malformed(answer, field.isEmpty() ? "it is no list" : "without the list '" + field + "'");
    }
    return value;
  }

  long number(Answer answer, JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw failures.malformed(answer, "without the number '" + field + "'");
    }
    return value.longValue();
  }

  private String text(Answer answer, JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw failures.malformed(answer, "without the text '" + field + "'");
    }
    return node.get(field).textValue();
  }

  /** A text that stands on one line: what is compared, or shown in a log, may hold no control character. */
  private String line(Answer answer, JsonNode node, String field) {
    String text = text(answer, node, field);
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw failures.malformed(answer, "with a control character in '" + field + "'");
    }
    return text;
  }

  private String textOrNull(Answer answer, JsonNode node, String field) {
    return node.path(field).isNull() ? "" : text(answer, node, field);
  }

  private boolean bool(Answer answer, JsonNode node, String field) {
    if (!node.path(field).isBoolean()) {
      throw failures.malformed(answer, "without the truth value '" + field + "'");
    }
    return node.get(field).booleanValue();
  }
}
