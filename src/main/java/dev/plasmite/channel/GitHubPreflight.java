package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.GitHubFailure;
import dev.plasmite.github.Release;
import dev.plasmite.github.Rights;
import dev.plasmite.github.TagRef;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What GitHub can be asked about a release before anything is sent. */
final class GitHubPreflight {

  private static final String GITHUB = "GitHub Releases";

  /** GitHub's limit for one asset, in bytes. */
  private static final long MOST = 2L << 30;

  /** How long a token must still hold: longer than a release takes. */
  private static final Duration ENOUGH = Duration.ofHours(1);

  private final ChannelPlan plan;
  private final GitHubClient github;
  private final String repository;
  private final String tag;
  private final String commit;
  private final Clock clock;

  GitHubPreflight(ChannelPlan plan, GitHubClient github, String repository, String tag, String commit, Clock clock) {
    this.clock = clock;
    this.plan = plan;
    this.github = github;
    this.repository = repository;
    this.tag = tag;
    this.commit = commit;
  }

  /** What stands against the token's release in this repository. */
  List<Finding> rights() {
    Optional<Rights> known;
    try {
      known = github.rights(repository);
    } catch (GitHubFailure e) {
      if (ReleaseView.refused(e)) {
        return List.of(Credential.refused(GITHUB));
      }
      throw e;
    }
    if (known.isEmpty()) {
      return List.of(Credential.missing(GITHUB));
    }
    Rights rights = known.get();
    List<Finding> findings = new ArrayList<>();
    if (rights.push()) {
      findings.addAll(writing(rights));
    } else if (rights.pull()) {
      findings.add(
          Finding.of("the owner of the GitHub token may read " + repository + ", and not write to it").remedy("take the token of somebody who may push there"));
    } else {
      findings.add(
          Unproven.of(
              plan,
              "that the GitHub token may write to " + repository + ": GitHub does not say it of a workflow's token",
              "give the job permissions: contents: write; the first thing sent is a draft, which nobody sees"));
    }
    rights.expires().filter(end -> end.isBefore(clock.instant().plus(ENOUGH)))
        .map(end -> Finding.of("the GitHub token ends at " + end + ", which may be in the middle of the release").remedy("take one that holds longer"))
        .ifPresent(findings::add);
    return findings;
  }

  /** The owner may write. Whether the token may, is told of a classic one only: by its scopes. */
  private List<Finding> writing(Rights rights) {
    if (rights.scopes().isEmpty()) {
      return List.of(
          Unproven.of(
              plan,
              "that the GitHub token may write to " + repository + ": its owner may, and GitHub does not say whether the token is limited to less",
              "give it the permission contents: write for " + repository + "; the first thing sent is a draft, which nobody sees"));
    }
    Set<String> scopes = rights.scopes().get();
    return scopes.contains("repo") || scopes.contains("public_repo")
        ? List.of()
        : List.of(
            Finding.of("the GitHub token has the scopes " + String.join(", ", new TreeSet<>(scopes)) + ", and may not write to " + repository)
                .remedy("give it the scope public_repo, or repo for a private repository"));
  }

  /**
   * What stands against this release with these assets, whoever makes it.
   *
   * @param at where GitHub has the tag
   * @param release the release as GitHub has it
   */
  List<Finding> state(Optional<TagRef> at, Optional<Release> release, List<Artifact> assets) {
    List<Finding> findings = new ArrayList<>();
    tagged(at).ifPresent(findings::add);
    names(assets, findings);
    release.ifPresent(there -> existing(there, assets, findings));
    return findings;
  }

  /** GitHub would make a missing tag by itself when the release is published; a release train does not tag by accident. */
  private Optional<Finding> tagged(Optional<TagRef> there) {
    if (there.isEmpty()) {
      return Optional.of(Finding.of("GitHub has no tag " + tag + " in " + repository).remedy("git push origin " + tag));
    }
    return there.get().sha().equals(commit)
        ? Optional.empty()
        : Optional.of(
            Finding.of("the tag " + tag + " of " + repository + " is at " + there.get().sha() + ", and this release is of " + commit)
                .remedy("a tag never moves: raise the version and tag that one"));
  }

  private static void names(List<Artifact> assets, List<Finding> findings) {
    Set<String> seen = new HashSet<>();
    for (Artifact asset : assets) {
      if (!asset.file().matches("[A-Za-z0-9_+@~-][A-Za-z0-9._+@~-]*")) {
        findings.add(
            Finding.of("GitHub would give the asset '" + asset.file() + "' another name").remedy("use letters, digits and . _ + @ ~ - only"));
      }
      if (!seen.add(asset.file())) {
        findings.add(Finding.of("two assets are called " + asset.file()).remedy("stage them under two names"));
      }
      if (asset.size() == 0 || asset.size() >= MOST) {
        findings.add(
            Finding.of("GitHub takes no asset of " + asset.size() + " bytes: " + asset.file()).remedy("an asset has 1 byte to 2 GiB less one"));
      }
    }
  }

  private void existing(Release there, List<Artifact> assets, List<Finding> findings) {
    Set<String> ours = assets.stream().map(Artifact::file).collect(Collectors.toSet());
    String kind = there.draft() ? "draft" : "public release";
    for (Release.Asset asset : there.assets()) {
      boolean sentAgain = asset.brokenOff() && there.draft();
      if (ours.contains(asset.name()) && !asset.uploaded() && !sentAgain) {
        findings.add(
            Finding.of("the " + kind + " " + tag + " has " + asset.name() + " in the state " + asset.state() + ", which is not a whole file")
                .remedy(
                    there.draft()
                        ? "wait for GitHub, or delete that asset there; then run the same command again"
                        : "a public release never changes: raise the version and release that one"));
      } else if (!ours.contains(asset.name())) {
        findings.add(
            Finding.of("the " + kind + " " + tag + " of " + repository + " has " + asset.name() + ", which is not of this release")
                .remedy(there.draft() ? "delete that asset on GitHub, or stage it" : "a public release never changes: raise the version"));
      }
    }
    if (!there.draft()) {
      lacking(there, ours, findings);
    }
  }

  /** What is public is never added to; an immutable one could not even be. */
  private void lacking(Release there, Set<String> ours, List<Finding> findings) {
    Set<String> missing = new TreeSet<>(ours);
    there.assets().forEach(asset -> missing.remove(asset.name()));
    if (!missing.isEmpty()) {
      findings.add(
          Finding.of(
                  "the release " + tag + " of " + repository + " is public already" + (there.immutable() ? " and immutable" : "") + ", and lacks "
                      + String.join(", ", missing))
              .remedy("a public release never changes: raise the version and release that one"));
    }
  }
}
