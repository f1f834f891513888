package dev.plasmite.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of GitHub's REST API that the train uses. Reads are sent again a few times when GitHub is busy; changes are
 * sent once, and only when the {@link EffectGate} lets them. Whatever is not a complete and well-formed answer is a
 * {@link GitHubFailure}.
 *
 * <p>Repositories are named {@code owner/name}.
 */
public final class GitHubClient {

  private static final String JSON = "application/vnd.github+json";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(15);
  private static final int MAX_PAGES = 1000;
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*/(?!\\.{1,2}$)[A-Za-z0-9_.-]+");
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"next\"");

  private final GitHubHttp http;
  private final GitHubJson json;
  private final Duration transfer;

  /**
   * A client.
   *
   * @param base the API's address, as GITHUB_API_URL has it; HTTPS, or HTTP on the loopback interface
   * @param token the token, if any; it goes to {@code base} and GitHub's upload host only
   * @param gate decides what may be sent
   * @throws Refusal when the address is neither
   */
  public GitHubClient(URI base, Optional<String> token, EffectGate gate) {
    this(base, token, gate, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()), LIMIT);
  }

  GitHubClient(
      URI base, Optional<String> token, EffectGate gate, Clock clock, Backoff.Sleep sleep, Duration limit) {
    this(base, token, gate, clock, sleep, limit, TRANSFER_LIMIT);
  }

  /** A client with other limits for an answer and for the transfer of a file. */
  GitHubClient(
      URI base, Optional<String> token, EffectGate gate, Clock clock, Backoff.Sleep sleep, Duration limit, Duration transfer) {
    if (!Hosts.permitted(base)) {
      throw new Refusal(
          Finding.of("'" + base + "' is no address of GitHub's API: it must be HTTPS, without a user name")
              .remedy("set GITHUB_API_URL"));
    }
    URI slashed = base.toString().endsWith("/") ? base : URI.create(base + "/");
    http = new GitHubHttp(slashed, token, gate, new Backoff(clock, sleep), limit, clock);
    json = new GitHubJson(http.failures());
    this.transfer = transfer;
  }

  private GitHubClient(GitHubHttp http, Duration transfer) {
    this.http = http;
    this.json = new GitHubJson(http.failures());
    this.transfer = transfer;
  }

  /** A client that shows no token, and so sees what everybody does. */
  public GitHubClient asStranger() {
    return new GitHubClient(http.asStranger(), transfer);
  }

  /** All runs of all workflows for one commit, as GitHub lists them. */
  public List<WorkflowRun> runs(String repository, String headSha) {
    return runsWhere(repository, "head_sha=" + segment(headSha));
  }

  /** All runs that a filter lets through, of all pages. */
  List<WorkflowRun> runsWhere(String repository, String filter) {
    List<WorkflowRun> runs = new ArrayList<>();
    long[] total = {0};
    Answer last =
        pages(
            repo(repository, "/actions/runs?" + filter + "&per_page=100"),
            (answer, page) -> {
              total[0] = json.number(answer, page, "total_count");
              for (JsonNode run : json.array(answer, page, "workflow_runs")) {
                runs.add(json.run(answer, run));
              }
              return null;
            });
    if (runs.size() < total[0]) {
      throw http.failures().malformed(last, "it listed " + runs.size() + " of " + total[0] + " runs");
    }
    return List.copyOf(runs);
  }

  /**
   * A tag as GitHub has it; empty when the repository can be read and has no such tag.
   *
   * @throws GitHubFailure also when the repository cannot be seen, which GitHub answers like a missing tag
   */
  public Optional<TagRef> tagRef(String repository, String tag) {
    try {
      Answer answer = http.get(repo(repository, "/git/ref/" + segment("tags/" + tag)), JSON);
      TagRef ref = json.tagRef(answer, json.parse(answer));
      return ref.name().equals(tag) ? Optional.of(ref) : Optional.empty();
    } catch (GitHubFailure e) {
      if (e.status() != 404) {
        throw e;
      }
      json.parse(http.get(repo(repository, ""), JSON));
      return Optional.empty();
    }
  }

  /** How it speaks, for what is asked of runs. */
  GitHubHttp http() {
    return http;
  }

  /** How it reads answers. */
  GitHubJson json() {
    return json;
  }

  /** What the token's owner may do with a repository; nothing when GitHub takes us for a stranger. */
  public Optional<Rights> rights(String repository) {
    Answer answer = http.get(repo(repository, ""), JSON);
    JsonNode permissions = json.parse(answer).path("permissions");
    return permissions.isObject() ? Optional.of(Rights.of(permissions, answer.headers())) : Optional.empty();
  }

  /** All releases; drafts too when the token may see them. */
  public List<Release> releases(String repository) {
    List<Release> releases = new ArrayList<>();
    pages(
        repo(repository, "/releases?per_page=100"),
        (answer, page) -> {
          for (JsonNode release : json.array(answer, page, "")) {
            releases.add(json.release(answer, release));
          }
          return null;
        });
    return List.copyOf(releases);
  }

  /** Makes a release that only maintainers see. */
  public Release createDraft(String repository, Release.Wanted wanted, Effect effect) {
    if (!wanted.draft()) {
      throw new IllegalArgumentException("a release starts as a draft");
    }
    return sendRelease("POST", repo(repository, "/releases"), wanted, effect, "create a draft release in " + repository);
  }

  /** Makes a release as wanted; with {@code draft} false this publishes it. */
  public Release updateRelease(String repository, long id, Release.Wanted wanted, Effect effect) {
    String deed = (wanted.draft() ? "change the draft release " : "publish the release ") + wanted.tag() + " of " + repository;
    return sendRelease("PATCH", repo(repository, "/releases/" + id), wanted, effect, deed);
  }

  /**
   * Sends a file to a release, streamed.
   *
   * @param name the asset's name; GitHub may change special characters in it, so compare what comes back
   * @throws GitHubFailure with the code {@code already_exists} when the release has an asset of that name
   */
  public Release.Asset uploadAsset(Release release, String name, Path file, Effect effect) {
    URI uri = URI.create(release.uploadUrl() + "?name=" + segment(name));
    if (!Hosts.uploadHost(http.base(), uri)) {
      throw new GitHubFailure(
          0, "POST " + uri.getRawPath(), "the release's upload address is on another host: " + uri.getHost(), List.of());
    }
    GitHubHttp.Body body;
    try {
      body = new GitHubHttp.Body("application/octet-stream", BodyPublishers.ofFile(file), transfer);
    } catch (FileNotFoundException e) {
      throw new OutsideFailure("cannot read " + file, e);
    }
    Answer answer = http.change("POST", uri, body, effect, "upload " + name + " to the release " + release.tag());
    return json.asset(answer, json.parse(answer));
  }

  /**
   * Fetches an asset into a file, streamed; the file is there in full or not at all.
   *
   * @param to replaced when it is there
   */
  public void downloadAsset(String repository, long asset, Path to) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      try {
        http.download(repo(repository, "/releases/assets/" + asset), part, transfer);
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + to, e);
    }
  }

  /** Removes an asset. */
  public void deleteAsset(String repository, long asset, Effect effect) {
    http.change(
        "DELETE", repo(repository, "/releases/assets/" + asset), http.empty(), effect,
        "delete an asset of a release of " + repository);
  }

  private Release sendRelease(String method, URI uri, Release.Wanted wanted, Effect effect, String what) {
    ObjectNode body = json.mapper().createObjectNode();
    body.put("tag_name", wanted.tag()).put("target_commitish", wanted.target());
    body.put("name", wanted.name()).put("body", wanted.body());
    body.put("draft", wanted.draft()).put("prerelease", wanted.prerelease());
    if (!wanted.draft()) {
      body.put("make_latest", "legacy"); // by date and version: a release of an older line does not become the latest one
    }
    Answer answer = http.change(method, uri, http.json(body), effect, what);
    return json.release(answer, json.parse(answer));
  }

  /** Reads page after page, as the Link header leads ("Using pagination in the REST API"), to the end. */
  Answer pages(URI first, BiFunction<Answer, JsonNode, Void> each) {
    Set<URI> seen = new HashSet<>();
    URI next = first;
    while (true) {
      Answer answer = http.get(next, JSON);
      each.apply(answer, json.parse(answer));
      seen.add(next);
      Matcher link = NEXT.matcher(String.join(",", answer.headers().allValues("link")));
      if (!link.find()) {
        return answer;
      }
      next = following(answer, link.group(1));
      if (!Hosts.sameOrigin(http.base(), next) || seen.contains(next) || seen.size() >= MAX_PAGES) {
        throw http.failures().malformed(answer, "its next page is on another host, or was read before");
      }
    }
  }

  private URI following(Answer answer, String link) {
    try {
      return answer.uri().resolve(link);
    } catch (IllegalArgumentException e) {
      throw http.failures().malformed(answer, "its next page is no address");
    }
  }

  URI repo(String repository, String rest) {
    if (!REPOSITORY.matcher(repository).matches()) {
      throw new Refusal(
          Finding.of("'" + repository + "' is no GitHub repository").remedy("write it as owner/name"));
    }
    return http.base().resolve("repos/" + repository + rest);
  }

  /** One segment of a path, or one value of a query. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
