package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** GitHub's JSON objects with all their required fields (GitHub's OpenAPI description), with the addresses of now. */
final class GitHubShapes {

  /** Links of a repository that are its address and a tail; the first word is the field without {@code _url}. */
  private static final List<String> LINKS =
      List.of(
          "archive {archive_format}{/ref}", "assignees assignees{/user}", "blobs git/blobs{/sha}",
          "branches branches{/branch}", "collaborators collaborators{/collaborator}", "comments comments{/number}",
          "commits commits{/sha}", "compare compare/{base}...{head}", "contents contents/{+path}",
          "contributors contributors", "deployments deployments", "downloads downloads", "events events",
          "forks forks", "git_commits git/commits{/sha}", "git_refs git/refs{/sha}", "git_tags git/tags{/sha}",
          "hooks hooks", "issue_comment issues/comments{/number}", "issue_events issues/events{/number}",
          "issues issues{/number}", "keys keys{/key_id}", "labels labels{/name}", "languages languages",
          "merges merges", "milestones milestones{/number}",
          "notifications notifications{?since,all,participating}", "pulls pulls{/number}", "releases releases{/id}",
          "stargazers stargazers", "statuses statuses/{sha}", "subscribers subscribers", "subscription subscription",
          "tags tags", "teams teams", "trees git/trees{/sha}");

  private static final List<String> USER_LINKS =
      List.of(
          "events", "followers", "following", "gists", "organizations", "received_events", "repos", "starred",
          "subscriptions");

  /** The counts of a repository, all of them zero here. */
  private static final List<String> COUNTS =
      List.of(
          "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers",
          "watchers_count", "network_count", "subscribers_count");

  private final ObjectMapper json;
  private final String api;
  private final String web;

  GitHubShapes(ObjectMapper json, String api, String web) {
    this.json = json;
    this.api = api;
    this.web = web;
  }

  ObjectMapper json() {
    return json;
  }

  String api() {
    return api;
  }

  String web() {
    return web;
  }

  ObjectNode user(String login, long id) {
    ObjectNode user = json.createObjectNode().put("login", login).put("id", id).put("node_id", node("User", id));
    user.put("avatar_url", web + "/avatars/" + login).put("gravatar_id", "");
    user.put("url", api + "/users/" + login).put("html_url", web + "/" + login);
    USER_LINKS.forEach(link -> user.put(link + "_url", api + "/users/" + login + "/" + link));
    return user.put("type", "User").put("site_admin", false);
  }

  /** The user as {@code GET /user} shows it. */
  ObjectNode publicUser(String login, long id) {
    ObjectNode user = user(login, id);
    for (String none : List.of("name", "company", "location", "email", "hireable", "bio")) {
      user.putNull(none);
    }
    for (String zero : List.of("public_repos", "public_gists", "followers", "following")) {
      user.put(zero, 0);
    }
    return user.put("blog", "").put("created_at", "2026-01-01T00:00:00Z").put("updated_at", "2026-01-01T00:00:00Z");
  }

  /** The minimal repository that stands inside other objects. */
  ObjectNode repository(ObjectNode stored) {
    String fullName = stored.path("full_name").asText();
    String owner = fullName.substring(0, fullName.indexOf('/'));
    long id = stored.path("id").asLong();
    ObjectNode repository = json.createObjectNode().put("id", id).put("node_id", node("Repository", id));
    repository.put("name", fullName.substring(owner.length() + 1)).put("full_name", fullName).put("private", false);
    repository.set("owner", user(owner, stored.path("owner_id").asLong()));
    repository.putNull("description");
    repository.put("fork", false).put("url", of(stored)).put("html_url", web + "/" + fullName);
    for (String link : LINKS) {
      int space = link.indexOf(' ');
      repository.put(link.substring(0, space) + "_url", of(stored) + "/" + link.substring(space + 1));
    }
    return repository;
  }

  /** The whole repository. */
  ObjectNode fullRepository(ObjectNode stored, boolean writes) {
    ObjectNode repository = repository(stored);
    String page = web + "/" + stored.path("full_name").asText();
    repository.put("clone_url", page + ".git").put("git_url", page + ".git").put("svn_url", page);
    repository.put("ssh_url", "git@127.0.0.1:" + stored.path("full_name").asText() + ".git");
    for (String none : List.of("homepage", "language", "mirror_url", "license")) {
      repository.putNull(none);
    }
    for (String no : List.of("has_projects", "has_wiki", "has_pages", "has_discussions", "archived", "disabled")) {
      repository.put(no, false);
    }
    for (String zero : COUNTS) {
      repository.put(zero, 0);
    }
    repository.put("has_issues", true).put("default_branch", stored.path("default_branch").asText());
    repository.put("visibility", "public");
    for (String time : List.of("created_at", "updated_at", "pushed_at")) {
      repository.set(time, stored.get("created_at"));
    }
    repository.putObject("permissions")
        .put("admin", writes).put("maintain", writes).put("push", writes).put("triage", writes).put("pull", true);
    return repository;
  }

  ObjectNode run(ObjectNode repository, ObjectNode stored) {
    long id = stored.path("id").asLong();
    String url = of(repository) + "/actions/runs/" + id;
    ObjectNode run = stored.deepCopy();
    run.put("node_id", node("WorkflowRun", id)).put("name", stored.path("path").asText());
    run.put("display_title", stored.path("event").asText() + " " + stored.path("head_branch").asText());
    run.put("check_suite_id", id).put("check_suite_node_id", node("CheckSuite", id));
    run.put("url", url).put("html_url", web + "/" + repository.path("full_name").asText() + "/actions/runs/" + id);
    run.putArray("pull_requests");
    run.putArray("referenced_workflows");
    ObjectNode actor = user(repository.path("writers").path(0).asText("maintainer"), 1);
    run.set("actor", actor);
    run.set("triggering_actor", actor);
    run.set("run_started_at", stored.get("created_at"));
    run.put("check_suite_url", of(repository) + "/check-suites/" + id);
    run.put("workflow_url", of(repository) + "/actions/workflows/" + stored.path("workflow_id").asLong());
    for (String link : List.of("jobs", "logs", "artifacts", "cancel", "rerun")) {
      run.put(link + "_url", url + "/" + link);
    }
    int attempt = stored.path("run_attempt").asInt();
    run.put("previous_attempt_url", attempt > 1 ? url + "/attempts/" + (attempt - 1) : null);
    ObjectNode commit = run.putObject("head_commit");
    commit.set("id", stored.get("head_sha"));
    // The stand-in holds no trees and no messages.
    commit.put("tree_id", "0".repeat(40)).put("message", "");
    commit.set("timestamp", stored.get("created_at"));
    commit.putObject("author").put("name", "maintainer").put("email", "maintainer@sandbox.invalid");
    commit.putObject("committer").put("name", "maintainer").put("email", "maintainer@sandbox.invalid");
    run.set("repository", repository(repository));
    run.set("head_repository", repository(repository));
    return run;
  }

  ObjectNode artifact(ObjectNode repository, ObjectNode run, ObjectNode stored) {
    long id = stored.path("id").asLong();
    String url = of(repository) + "/actions/artifacts/" + id;
    ObjectNode artifact = json.createObjectNode().put("id", id).put("node_id", node("Artifact", id));
    artifact.set("name", stored.get("name"));
    artifact.set("size_in_bytes", stored.get("size"));
    artifact.put("url", url).put("archive_download_url", url + "/zip").put("expired", false);
    artifact.set("digest", stored.get("digest"));
    artifact.set("created_at", stored.get("created_at"));
    artifact.set("updated_at", stored.get("updated_at"));
    artifact.put("expires_at", Instant.parse(stored.path("created_at").asText())
        .plus(Duration.ofDays(90)).toString());
    ObjectNode of = artifact.putObject("workflow_run").put("id", run.path("id").asLong());
    of.put("repository_id", repository.path("id").asLong()).put("head_repository_id", repository.path("id").asLong());
    of.set("head_branch", run.get("head_branch"));
    of.set("head_sha", run.get("head_sha"));
    return artifact;
  }

  ObjectNode attestation(ObjectNode repository, ObjectNode stored) {
    long id = stored.path("id").asLong();
    ObjectNode attestation = json.createObjectNode();
    attestation.set("bundle", stored.get("bundle"));
    attestation.set("repository_id", repository.get("id"));
    attestation.put("bundle_url", web + "/" + repository.path("full_name").asText() + "/attestations/" + id);
    return attestation.put("initiator", "user");
  }

  ObjectNode ref(ObjectNode repository, String name, JsonNode stored) {
    ObjectNode ref = json.createObjectNode().put("ref", name).put("node_id", node("Ref", name.hashCode()));
    ref.put("url", of(repository) + "/git/" + name);
    String type = stored.path("type").asText();
    String sha = stored.path("sha").asText();
    ref.putObject("object").put("type", type).put("sha", sha)
        .put("url", of(repository) + "/git/" + type + "s/" + sha);
    return ref;
  }

  ObjectNode tag(ObjectNode repository, String sha, JsonNode stored) {
    ObjectNode tag = json.createObjectNode().put("node_id", node("Tag", sha.hashCode()));
    tag.set("tag", stored.get("tag"));
    tag.put("sha", sha).put("url", of(repository) + "/git/tags/" + sha);
    tag.set("message", stored.get("message"));
    tag.putObject("tagger").put("date", stored.path("date").asText()).put("name", "maintainer")
        .put("email", "maintainer@sandbox.invalid");
    String commit = stored.path("commit").asText();
    tag.putObject("object").put("type", "commit").put("sha", commit)
        .put("url", of(repository) + "/git/commits/" + commit);
    ObjectNode verification = tag.putObject("verification").put("verified", false).put("reason", "unsigned");
    for (String none : List.of("signature", "payload", "verified_at")) {
      verification.putNull(none);
    }
    return tag;
  }

  ObjectNode release(ObjectNode repository, ObjectNode stored, List<ObjectNode> assets) {
    long id = stored.path("id").asLong();
    String fullName = repository.path("full_name").asText();
    String tag = stored.path("tag_name").asText();
    String url = of(repository) + "/releases/" + id;
    ObjectNode release = json.createObjectNode().put("url", url).put("assets_url", url + "/assets");
    release.put("upload_url", web + "/api/uploads/repos/" + fullName + "/releases/" + id + "/assets{?name,label}");
    release.put("html_url", web + "/" + fullName + "/releases/tag/" + shownTag(stored)).put("id", id);
    release.put("node_id", node("Release", id));
    for (String field : List.of("tag_name", "target_commitish", "name", "body", "draft", "prerelease")) {
      release.set(field, stored.get(field));
    }
    release.put("immutable", stored.path("immutable").asBoolean());
    release.set("created_at", stored.get("created_at"));
    release.set("updated_at", stored.get("updated_at"));
    release.put("published_at", stored.path("published_at").asText(null));
    boolean draft = stored.path("draft").asBoolean();
    release.put("tarball_url", draft ? null : of(repository) + "/tarball/" + tag);
    release.put("zipball_url", draft ? null : of(repository) + "/zipball/" + tag);
    release.set("author", user(stored.path("author").asText(), 1));
    ArrayNode list = release.putArray("assets");
    assets.forEach(asset -> list.add(asset(repository, stored, asset)));
    return release;
  }

  ObjectNode asset(ObjectNode repository, ObjectNode release, ObjectNode stored) {
    long id = stored.path("id").asLong();
    String name = stored.path("name").asText();
    ObjectNode asset = json.createObjectNode().put("url", of(repository) + "/releases/assets/" + id).put("id", id);
    asset.put("node_id", node("ReleaseAsset", id)).put("name", name);
    asset.put("state", stored.path("state").asText("uploaded")).put("download_count", 0);
    for (String field : List.of("label", "content_type", "size", "digest", "created_at", "updated_at")) {
      asset.set(field, stored.get(field));
    }
    asset.set("uploader", user(stored.path("uploader").asText(), 1));
    asset.put("browser_download_url", web + "/" + repository.path("full_name").asText() + "/releases/download/"
        + shownTag(release) + "/" + name);
    return asset;
  }

  /** A draft has no tag yet, and says so in its address. */
  private static String shownTag(ObjectNode release) {
    return release.path("draft").asBoolean()
        ? "untagged-" + Long.toHexString(release.path("id").asLong())
        : release.path("tag_name").asText();
  }

  private String of(ObjectNode repository) {
    return api + "/repos/" + repository.path("full_name").asText();
  }

  private static String node(String kind, long id) {
    return Base64.getEncoder().withoutPadding().encodeToString((kind + id).getBytes(StandardCharsets.UTF_8));
  }
}
