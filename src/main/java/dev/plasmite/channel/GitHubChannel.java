package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.Release;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GitHub Releases: a draft with all assets first, whose digests GitHub states; it becomes public when the registries hold
 * the release. What is there is never replaced.
 */
public final class GitHubChannel extends NamedChannel {

  private final GitHubClient github;
  private final URI endpoint;
  private final String repository;
  private final Notes notes;
  private final TarballInstall tarballs;

  /**
   * What the release says.
   *
   * @param commit the commit of the release tag
   * @param body Markdown
   */
  public record Notes(String commit, String body) {}

  /**
   * Makes the channel.
   *
   * @param endpoint the API's base
   * @param repository {@code owner/name}
   */
  public GitHubChannel(
      Workbench bench, ChannelPlan plan, GitHubClient github, URI endpoint, String repository, Notes notes) {
    super("GitHub Releases", bench, plan);
    this.github = github;
    this.endpoint = endpoint;
    this.repository = repository;
    this.notes = notes;
    this.tarballs = new TarballInstall(bench, plan);
  }

  @Override
  List<Finding> checks() {
    List<Finding> findings = new ArrayList<>();
    if (!Files.isRegularFile(paper(Checksums.FILE))) {
      findings.add(Finding.of("there is no " + Checksums.FILE + " beside the staged artifacts").remedy("run stage-artifacts again"));
    }
    GitHubPreflight preflight = new GitHubPreflight(plan, github, repository, bench.plan().tag(), notes.commit(), Clock.systemUTC());
    findings.addAll(preflight.findings(release(), assets()));
    return findings;
  }

  @Override
  public List<Act> acts(Leg leg) {
    if (leg == Leg.DRAFT) {
      return assets().stream().<Act>map(asset -> new Deed(asset, "add " + asset.file() + " to the draft of " + bench.plan().tag())).toList();
    }
    return leg == Leg.RELEASE ? List.of(new Deed(null, "publish the GitHub release " + bench.plan().tag())) : List.of();
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    Release release = release().filter(r -> !r.draft()).orElseThrow(() -> new OutsideFailure("there is no public release " + bench.plan().tag()));
    List<Delivered> delivered = new ArrayList<>();
    for (Artifact asset : assets()) {
      Release.Asset there =
          release.assets().stream()
              .filter(a -> a.name().equals(asset.file()))
              .findFirst()
              .orElseThrow(() -> new OutsideFailure("the release has no " + asset.file()));
      delivered.add(http.delivered(HttpReading.address(endpoint, there.downloadUrl()), asset, directory));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Artifact mine =
        assets().stream()
            .filter(a -> a.kind() == Kind.SDK && tarballs.isForThisPlatform(a.file()))
            .findFirst()
            .orElseThrow(() -> new OutsideFailure("the release has no tarball for this platform"));
    Release release = release().orElseThrow(() -> new OutsideFailure("there is no release " + bench.plan().tag()));
    for (Release.Asset asset : release.assets()) {
      if (asset.name().equals(mine.file())) {
        Path file = directory.resolve(mine.file());
        http.download(HttpReading.address(endpoint, asset.downloadUrl()), file);
        return tarballs.install("download and unpack " + mine.file(), file, directory);
      }
    }
    throw new OutsideFailure("the release has no " + mine.file());
  }

  /** One asset in the draft, or, without an asset, the draft made public. */
  private final class Deed implements Act {

    private final Artifact asset;
    private final String what;

    Deed(Artifact asset, String what) {
      this.asset = asset;
      this.what = what;
    }

    @Override
    public String what() {
      return what;
    }

    @Override
    public String file() {
      return asset == null ? "" : asset.file();
    }

    @Override
    public String sha256() {
      return asset == null ? "" : asset.sha256();
    }

    @Override
    public Effect effect() {
      return asset == null ? Effect.IRREVERSIBLE : Effect.REVERSIBLE;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public Holding holding() {
      try {
        Optional<Release> release = release();
        return asset == null
            ? release.filter(r -> !r.draft()).map(GitHubChannel.this::whole).orElseGet(Holding::absent)
            : release.map(r -> held(r, asset)).orElseGet(Holding::absent);
      } catch (OutsideFailure e) {
        return Holding.unknown(e.getMessage());
      }
    }

    @Override
    public String send() {
      try {
        Release release = release().orElseGet(() -> github.createDraft(repository, wanted(true), Effect.REVERSIBLE));
        if (asset == null) {
          github.updateRelease(repository, release.id(), wanted(false), Effect.IRREVERSIBLE);
        } else {
          github.uploadAsset(release, asset.file(), asset.path(), Effect.REVERSIBLE);
        }
        return "";
      } catch (OutsideFailure e) {
        return e.getMessage();
      }
    }
  }

  /** A public release counts when every file in it is the staged one. */
  private Holding whole(Release release) {
    return assets().stream()
        .map(asset -> held(release, asset))
        .filter(holding -> holding.state() != Holding.State.SAME)
        .findFirst()
        .orElse(Holding.same(""));
  }

  private Holding held(Release release, Artifact asset) {
    for (Release.Asset there : release.assets()) {
      if (there.name().equals(asset.file())) {
        if (!there.state().equals("uploaded")) {
          return Holding.unknown("the upload of " + asset.file() + " has broken off (state " + there.state() + "); delete that asset on GitHub");
        }
        String sha256 = there.sha256().isEmpty() ? downloaded(there) : there.sha256();
        return sha256.equals(asset.sha256()) ? Holding.same(sha256) : Holding.other("sha256 " + sha256);
      }
    }
    return release.draft()
        ? Holding.absent()
        : Holding.unknown("the release " + release.tag() + " is public already and lacks " + asset.file());
  }

  /** An older GitHub states no digest: then the file is read back. */
  private String downloaded(Release.Asset there) {
    Path file = bench.freshHome("asset").resolve("asset");
    github.downloadAsset(repository, there.id(), file);
    try {
      return Digests.of(file).sha256();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + file, e);
    }
  }

  /** The release of this tag, draft or public. */
  private Optional<Release> release() {
    List<Release> all = github.releases(repository).stream().filter(r -> r.tag().equals(bench.plan().tag())).toList();
    if (all.size() > 1) {
      throw new OutsideFailure(repository + " has " + all.size() + " releases for " + bench.plan().tag() + "; delete the drafts that are not wanted");
    }
    return all.stream().findFirst();
  }

  private Release.Wanted wanted(boolean draft) {
    ReleaseText text = new ReleaseText(bench, repository);
    return new Release.Wanted(
        bench.plan().tag(), notes.commit(), text.title(), text.body(notes.body()), draft, bench.plan().version().isPrerelease());
  }

  /** The tarballs and other files of the release, and the papers that speak for all of its files. */
  private List<Artifact> assets() {
    List<Artifact> assets =
        new ArrayList<>(bench.artifacts().stream().filter(a -> a.kind() == Kind.SDK || a.kind() == Kind.OTHER).toList());
    for (String name : List.of(Checksums.FILE, StagedSet.ATTESTATION)) {
      if (Files.isRegularFile(paper(name))) {
        try {
          assets.add(new Artifact(Kind.OTHER, paper(name), Optional.empty(), Digests.of(paper(name))));
        } catch (IOException e) {
          throw new OutsideFailure("cannot read " + paper(name), e);
        }
      }
    }
    return assets;
  }

  private Path paper(String name) {
    return bench.plan().directories().artifacts().resolve(name);
  }
}
