package dev.plasmite.sandbox.registry;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.Logged;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A stand-in for the part of GitHub that the train uses: workflow runs, artifacts, attestations, tags and releases
 * of GitHub's REST API ("Actions", "Repository attestations", "Git database", "Releases", "Issues"), as it answers for public
 * repositories. It has two addresses, as GitHub has: {@link #base()} for the API, and {@link #web()} for uploads and downloads, to which the API redirects with short-lived
 * signed links that refuse an {@code Authorization} header. What runs and tags it knows is told to it by the
 * {@code add...} methods, and is kept on disk.
 */
public final class GitHubStandIn implements AutoCloseable {

  /**
   * A workflow run to be known.
   *
   * @param workflow path of the workflow file, such as {@code .github/workflows/ci.yml}
   * @param event what started it, such as {@code push} or {@code workflow_dispatch}
   * @param branch branch or tag it ran on
   * @param headSha the commit it ran on, 40 hex digits
   * @param status {@code queued}, {@code in_progress} or {@code completed}
   * @param conclusion {@code success}, {@code failure} ...; null while it is not completed
   * @param attempt from 1
   */
  public record Run(
      String workflow, String event, String branch, String headSha, String status, String conclusion, int attempt) {

    /** A first attempt that succeeded. */
    public static Run green(String workflow, String event, String branch, String headSha) {
      return new Run(workflow, event, branch, headSha, "completed", "success", 1);
    }
  }

  /**
   * A ref to be known.
   *
   * @param name in full, such as {@code refs/tags/v1.0.0}
   * @param object what it points at, 40 hex digits: the commit, or the tag object of an annotated tag
   * @param commit the commit it leads to, 40 hex digits; {@code object} itself when the ref is a branch or lightweight tag
   * @param message the annotated tag's message, else empty
   */
  public record KnownRef(String name, String object, String commit, String message) {

    boolean annotated() {
      return !object.equals(commit);
    }
  }

  private final GitHubShelf shelf;
  private final LoopbackServer api;
  private final LoopbackServer web;

  private GitHubStandIn(Path directory, Accounts accounts, Faults faults) {
    StateDirectory state = StateDirectory.open(directory);
    this.shelf = new GitHubShelf(state);
    SignedLinks links = new SignedLinks();
    List<LoopbackServer> servers = new ArrayList<>();
    // Each needs the other's address; both are there before either is asked for the first time.
    Supplier<GitHubShapes> shapes =
        () -> new GitHubShapes(state.json(), servers.get(0).base().toString(), servers.get(1).base().toString());
    GitHubAccess access = new GitHubAccess(accounts);
    GitHubReleases releases = new GitHubReleases(state, shelf);
    synchronized (servers) {
      servers.add(LoopbackServer.start("github", new GitHubApi(shelf, releases, access, links, shapes), faults));
      servers.add(LoopbackServer.start("github-web", new GitHubWeb(shelf, releases, access, links, shapes), faults));
    }
    this.api = servers.get(0);
    this.web = servers.get(1);
  }

  /** Opens the stand-in whose state is in a directory, and serves. */
  public static GitHubStandIn open(Path state, Accounts accounts) {
    return open(state, accounts, Faults.NONE);
  }

  /** Opens the stand-in with faults. */
  public static GitHubStandIn open(Path state, Accounts accounts, Faults faults) {
    return new GitHubStandIn(state, accounts, faults);
  }

  /** The address of the REST API, as {@code GITHUB_API_URL}: without a slash at the end. */
  public URI base() {
    return api.base();
  }

  /** The address of uploads, downloads and pages, as {@code GITHUB_SERVER_URL}: without a slash at the end. */
  public URI web() {
    return web.base();
  }

  /** What was served so far by both addresses. */
  public List<Logged> requests() {
    List<Logged> all = new ArrayList<>(api.requests());
    all.addAll(web.requests());
    return all;
  }

  /** Makes a repository, {@code owner/name}, with default branch {@code main}, writable by the maintainer. */
  public void addRepository(String fullName) {
    addRepository(fullName, List.of(Accounts.MAINTAINER), false);
  }

  /**
   * Makes a repository, or changes who may write to it.
   *
   * @param writers users who may push
   * @param immutableReleases whether a release can no longer be changed once it is published
   */
  public void addRepository(String fullName, List<String> writers, boolean immutableReleases) {
    told(() -> shelf.addRepository(fullName, writers, immutableReleases));
  }

  /** Makes a run known, or changes status and conclusion of the one with the same workflow, event, branch, commit and attempt. */
  public long addRun(String fullName, Run run) {
    return told(() -> shelf.addRun(fullName, run));
  }

  /** Adds an artifact to a run: a zip file, which is copied. The same name again replaces it. */
  public long addArtifact(String fullName, long run, String name, Path zip) {
    return told(() -> shelf.addArtifact(fullName, run, name, zip));
  }

  /** Adds an attestation, a Sigstore bundle in JSON, of files with these sha256. */
  public long addAttestation(String fullName, List<String> sha256, byte[] bundle) {
    return told(() -> shelf.addAttestation(fullName, sha256, bundle));
  }

  /** Makes a lightweight tag known. */
  public void addTag(String fullName, String tag, String commit) {
    addRefs(fullName, List.of(new KnownRef("refs/tags/" + tag, commit, commit, "")));
  }

  /** Makes an annotated tag known. */
  public void addAnnotatedTag(String fullName, String tag, String tagObject, String commit, String message) {
    addRefs(fullName, List.of(new KnownRef("refs/tags/" + tag, tagObject, commit, message)));
  }

  /** Makes a branch known. */
  public void addBranch(String fullName, String branch, String commit) {
    addRefs(fullName, List.of(new KnownRef("refs/heads/" + branch, commit, commit, "")));
  }

  /** Makes many refs known at once; those that are known already point where they are told to now. */
  public void addRefs(String fullName, List<KnownRef> refs) {
    told(() -> shelf.addRefs(fullName, refs));
  }

  @Override
  public void close() {
    api.close();
    web.close();
  }

  private interface Telling<T> {
    T tell() throws IOException;
  }

  private static <T> T told(Telling<T> telling) {
    try {
      return telling.tell();
    } catch (IOException e) {
      throw new OutsideFailure("cannot keep the state of the GitHub stand-in", e);
    }
  }
}
