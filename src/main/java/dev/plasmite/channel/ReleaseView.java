package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.github.GitHubBuilds;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.GitHubFailure;
import dev.plasmite.github.Release;
import dev.plasmite.github.TagRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What GitHub has of the release of one tag, held against what is staged. Nothing is sent. */
final class ReleaseView {

  /** What GitHub answers to a token that is wrong, expired or revoked, whatever is asked. */
  private static final int UNKNOWN_TOKEN = 401;

  private final Workbench bench;
  private final GitHubClient github;
  private final String repository;

  ReleaseView(Workbench bench, GitHubClient github, String repository) {
    this.bench = bench;
    this.github = github;
    this.repository = repository;
  }

  /** The release of this tag, draft or public. */
  Optional<Release> release() {
    return seen(client -> one(client.releases(repository)));
  }

  /** The release of this tag, where everybody sees it. */
  Release published() {
    return release().filter(r -> !r.draft()).orElseThrow(() -> new NotThere("there is no public release " + bench.plan().tag()));
  }

  /** The tag, peeled to its commit. */
  Optional<TagRef> tag() {
    return new GitHubBuilds(github).peeled(repository, bench.plan().tag());
  }

  /** Whether GitHub refuses the token, whatever it is asked with it. */
  static boolean refused(GitHubFailure failure) {
    return failure.status() == UNKNOWN_TOKEN;
  }

  /** With a token that is over nobody may read, not even what is public: that is asked without one. */
  private <T> Optional<T> seen(Function<GitHubClient, Optional<T>> question) {
    try {
      return question.apply(github);
    } catch (GitHubFailure e) {
      if (!refused(e)) {
        throw e;
      }
      return Optional.of(asStranger(question).orElseThrow(() -> e)); // what a stranger does not see may be there
    }
  }

  private <T> Optional<T> asStranger(Function<GitHubClient, Optional<T>> question) {
    try {
      return question.apply(github.asStranger());
    } catch (OutsideFailure e) {
      return Optional.empty();
    }
  }

  private Optional<Release> one(List<Release> releases) {
    List<Release> all = releases.stream().filter(r -> r.tag().equals(bench.plan().tag())).toList();
    if (all.size() > 1) {
      throw new OutsideFailure(repository + " has " + all.size() + " releases for " + bench.plan().tag() + "; delete the drafts that are not wanted");
    }
    return all.stream().findFirst();
  }

  /** A release counts when every asset in it is the staged one. */
  Holding whole(Release release, List<Artifact> assets) {
    return assets.stream()
        .map(asset -> held(release, asset))
        .filter(holding -> holding.state() != Holding.State.SAME)
        .findFirst()
        .orElse(Holding.same(""));
  }

  /** What is wrong with a draft that is about to become public; nothing when its files are exactly these. */
  Optional<String> broken(Release draft, List<Artifact> assets) {
    List<String> ours = assets.stream().map(Artifact::file).toList();
    Optional<String> strange = draft.assets().stream().map(Release.Asset::name).filter(name -> !ours.contains(name)).findFirst();
    Holding whole = whole(draft, assets);
    return whole.state() != Holding.State.SAME
        ? Optional.of("the draft was changed: it does not hold every file as it was staged " + whole.detail())
        : strange.map(name -> "the draft was changed: it has " + name + ", which is not of this release");
  }

  /** What a release holds of an asset. The beginning of an upload that broke off is nothing. */
  Holding held(Release release, Artifact asset) {
    Optional<Release.Asset> named = release.asset(asset.file());
    if (named.isPresent() && !named.get().brokenOff()) {
      return held(named.get(), asset);
    }
    return release.draft()
        ? Holding.absent()
        : Holding.unknown("the release " + release.tag() + " is public already and lacks " + asset.file());
  }

  private Holding held(Release.Asset there, Artifact asset) {
    if (!there.uploaded()) {
      return Holding.unknown("GitHub gives " + asset.file() + " the state " + there.state() + ", which is neither here nor there");
    }
    String sha256 = there.sha256().isEmpty() ? downloaded(there) : there.sha256();
    return sha256.equals(asset.sha256()) ? Holding.same(sha256) : Holding.other("sha256 " + sha256);
  }

  /** An older GitHub states no digest: then the file is read back. */
  private String downloaded(Release.Asset there) {
    var file = bench.freshHome("asset").resolve("asset");
    github.downloadAsset(repository, there.id(), file);
    try {
      return Digests.of(file).sha256();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + file, e);
    }
  }
}
