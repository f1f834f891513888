package dev.plasmite.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What GitHub knows of builds: the runs of a tag, their artifacts, the attestations of a digest ("Workflow runs",
 * "Artifacts", "Attestations" and "Git tags" in GitHub's REST documentation). All of it is read, nothing is ever sent.
 */
public final class GitHubBuilds {

  private static final String JSON = "application/vnd.github+json";
  private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(15);

  /** Tags of tags of tags: beyond this somebody plays. */
  private static final int DEEPEST = 10;

  /** What a zip file may be larger than GitHub says. */
  private static final long SLACK = 1 << 20;

  private final GitHubClient client;
  private final GitHubHttp http;
  private final GitHubJson json;

  public GitHubBuilds(GitHubClient client) {
    this.client = client;
    this.http = client.http();
    this.json = client.json();
  }

  /** All runs of all workflows that ran on a branch or tag of this name, of all pages. */
  public List<WorkflowRun> runsOn(String repository, String branchOrTag) {
    return client.runsWhere(repository, "branch=" + GitHubClient.segment(branchOrTag));
  }

  /** All runs of all workflows for one commit, of all pages. */
  public List<WorkflowRun> runsOf(String repository, String commit) {
    return client.runs(repository, commit);
  }

  /** One run in its latest attempt; empty when the repository can be read and has no such run. */
  public Optional<WorkflowRun> run(String repository, long id) {
    return visible(repository, "/actions/runs/" + id).map(answer -> json.run(answer, json.parse(answer)));
  }

  /** All artifacts of a run, of all pages. */
  public List<RunArtifact> artifacts(String repository, long run) {
    List<RunArtifact> artifacts = new ArrayList<>();
    long[] total = {0};
    Answer last =
        client.pages(
            client.repo(repository, "/actions/runs/" + run + "/artifacts?per_page=100"),
            (answer, page) -> {
              total[0] = json.number(answer, page, "total_count");
              for (JsonNode artifact : json.array(answer, page, "artifacts")) {
                artifacts.add(json.artifact(answer, artifact));
              }
              return null;
            });
    if (artifacts.size() < total[0]) {
      throw http.failures().malformed(last, "it listed " + artifacts.size() + " of " + total[0] + " artifacts");
    }
    return List.copyOf(artifacts);
  }

  /**
   * Fetches an artifact's zip file, streamed, into a file that only its owner can read; it is there in full or not at all.
   *
   * @return the hex sha256 of the bytes that were received
   * @throws OutsideFailure also for an answer that ends early or is larger than GitHub said
   */
  public String download(String repository, RunArtifact artifact, Path to) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      try {
        URI zip = client.repo(repository, "/actions/artifacts/" + artifact.id() + "/zip");
        String sha256 = http.download(zip, part, artifact.size() + SLACK, TRANSFER_LIMIT);
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        return sha256;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot write " + to, e);
    }
  }

  /**
   * The provenance attestations that GitHub keeps for a file's digest, of all pages.
   *
   * @param sha256 64 hex digits
   * @return each a Sigstore bundle, JSON; empty when there is none
   */
  public List<byte[]> attestations(String repository, String sha256) {
    List<byte[]> bundles = new ArrayList<>();
    try {
      client.pages(
          client.repo(
              repository,
              "/attestations/" + GitHubClient.segment("sha256:" + sha256) + "?predicate_type=provenance&per_page=100"),
          (answer, page) -> {
            for (JsonNode attestation : json.array(answer, page, "attestations")) {
              bundles.add(bundle(answer, attestation));
            }
            return null;
          });
    } catch (GitHubFailure e) {
      if (e.status() != 404) {
        throw e;
      }
      json.parse(http.get(client.repo(repository, ""), JSON));
    }
    return List.copyOf(bundles);
  }

  /**
   * The commit that a tag leads to, over as many tag objects as there are. With a token that is over GitHub lets nobody
   * read; a tag that everybody sees is then asked for without one.
   *
   * @return the ref with the last object's name and type; the type is {@code commit} for a tag that can be released.
   *     Empty when there is no such tag
   */
  public Optional<TagRef> peeled(String repository, String tag) {
    try {
      return asked(repository, tag);
    } catch (GitHubFailure e) {
      if (e.status() != 401) {
        throw e;
      }
      return Optional.of(asStranger(repository, tag).orElseThrow(() -> e)); // what a stranger does not see may be there
    }
  }

  private Optional<TagRef> asStranger(String repository, String tag) {
    try {
      return new GitHubBuilds(client.asStranger()).asked(repository, tag);
    } catch (OutsideFailure e) {
      return Optional.empty();
    }
  }

  private Optional<TagRef> asked(String repository, String tag) {
    Optional<TagRef> at = client.tagRef(repository, tag);
    for (int depth = 0; at.isPresent() && at.get().type().equals("tag"); depth++) {
      String sha = at.get().sha();
      Answer answer = http.get(client.repo(repository, "/git/tags/" + GitHubClient.segment(sha)), JSON);
      if (depth >= DEEPEST) {
        throw http.failures().malformed(answer, "the tag " + tag + " leads over more than " + DEEPEST + " tags");
      }
      TagRef object = json.tagObject(answer, json.parse(answer));
      at = Optional.of(new TagRef(tag, object.sha(), object.type()));
    }
    return at;
  }

  private Optional<Answer> visible(String repository, String rest) {
    try {
      return Optional.of(http.get(client.repo(repository, rest), JSON));
    } catch (GitHubFailure e) {
      if (e.status() != 404) {
        throw e;
      }
      json.parse(http.get(client.repo(repository, ""), JSON));
      return Optional.empty();
    }
  }

  private byte[] bundle(Answer answer, JsonNode attestation) {
    if (!attestation.path("bundle").isObject()) {
      throw http.failures().malformed(answer, "with an attestation without its 'bundle'");
    }
    try {
      return json.mapper().writeValueAsBytes(attestation.get("bundle"));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree in memory can be written", e);
    }
  }
}
