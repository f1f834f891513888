package dev.plasmite.sandbox.registry;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.tools.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * GitHub's own OpenAPI description of its REST API, from the npm package @octokit/openapi, fetched by npm once and kept below
 * {@code target/tools}. Without it there is nothing to hold traffic against, so that a fetch that fails is a failure.
 */
final class GitHubDescription {

  private static final String PACKAGE = "@octokit/openapi@23.0.2";
  private static final String MEMBER = "package/generated/api.github.com.json";
  private static final String PACKED = "octokit-openapi-23.0.2.tgz";
  private static final Path OPENAPI = Tools.DIRECTORY.resolve("openapi");

  private final OpenApiInteractionValidator validator;

  private GitHubDescription(OpenApiInteractionValidator validator) {
    this.validator = validator;
  }

  /** What GitHub answers and its description leaves out: a run that is not there; why an asset is refused. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "GET /repos/*/*/actions/runs/* 404: validation.response.status.unknown",
          "POST /repos/*/*/releases/*/assets 422: validation.response.body.unexpected");

  /** Loads the part about repositories, which takes some seconds. */
  static GitHubDescription load() throws IOException {
    ObjectNode all = (ObjectNode) new ObjectMapper().readTree(file().toFile());
    List<String> others = new ArrayList<>();
    all.get("paths").fieldNames().forEachRemaining(path -> {
      if (!path.matches("/repos/\\{owner}/\\{repo}(/(actions/(runs|artifacts)|git|releases|attestations|issues)(/.*)?)?")) {
        others.add(path);
      }
    });
    ((ObjectNode) all.get("paths")).remove(others);
    // An issue and, beside it, suggestions that may be left out: the validator takes such an allOf for two closed schemas.
    ObjectNode changed =
        (ObjectNode) all.at("/paths/~1repos~1{owner}~1{repo}~1issues~1{issue_number}/patch/responses/200/content/application~1json");
    changed.set("schema", changed.at("/schema/allOf/0"));
    // Every page of GitHub's documentation asks for application/vnd.github+json, the description lists application/json alone.
    LevelResolver levels =
        LevelResolver.create().withLevel("validation.request.accept.notAllowed", ValidationReport.Level.IGNORE).build();
    return new GitHubDescription(
        OpenApiInteractionValidator.createForInlineApiSpecification(all.toString()).withLevelResolver(levels).build());
  }

  /** What of an exchange is not as described; empty when all is. */
  List<String> differences(RecordingProxy.Exchange exchange) {
    String path = exchange.path().replaceFirst("^/api/uploads", "");
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(Request.Method.valueOf(exchange.method()), path);
    exchange.query().forEach(request::withQueryParam);
    exchange.requestHeaders().forEach((name, values) -> request.withHeader(name, values));
    if (exchange.sent().length > 0) {
      request.withBody(exchange.sent());
    }
    SimpleResponse.Builder response = SimpleResponse.Builder.status(exchange.status());
    exchange.responseHeaders().forEach((name, values) -> response.withHeader(name, values));
    if (exchange.received().length > 0) {
      response.withBody(exchange.received());
    }
    return validator.validate(request.build(), response.build()).getMessages().stream()
        .filter(message -> Set.of(ValidationReport.Level.ERROR, ValidationReport.Level.WARN).contains(message.getLevel()))
        .filter(message -> !LEFT_OUT.contains(
            exchange.method() + " " + path.replaceFirst("^/repos/[^/]+/[^/]+", "/repos/*/*").replaceAll("/[0-9]+", "/*") + " "
                + exchange.status() + ": " + message.getKey()))
        .map(message -> exchange.method() + " " + exchange.path() + " " + exchange.status() + ": " + message.getKey() + " " + message.getMessage())
        .toList();
  }

  private static Path file() throws IOException {
    return Tools.made(OPENAPI, PACKAGE, () -> true, GitHubDescription::fetch).resolve("api.github.com.json");
  }

  private static void fetch() throws IOException {
    Tools.run(OPENAPI, List.of(Tools.npm(), "pack", "--loglevel=error", PACKAGE));
    try (InputStream packed = Files.newInputStream(OPENAPI.resolve(PACKED));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(MEMBER)) {
          Files.copy(tar, OPENAPI.resolve("api.github.com.json"));
          return;
        }
      }
    }
    throw new IOException(PACKAGE + " has no " + MEMBER);
  }
}
