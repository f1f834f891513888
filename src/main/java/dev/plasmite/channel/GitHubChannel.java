package dev.plasmite.channel;

import dev.plasmite.artifact.ArchiveReader;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    String tag = bench.plan().tag();
    List<Act> acts = new ArrayList<>();
    if (leg == Leg.DRAFT) {
      acts.add(new Deed(Deed.Kind.DRAFT, null, "make a draft of the GitHub release " + tag));
      assets().forEach(asset -> acts.add(new Deed(Deed.Kind.ASSET, asset, "add " + asset.file() + " to the draft of " + tag)));
    } else if (leg == Leg.RELEASE) {
      acts.add(new Deed(Deed.Kind.PUBLICATION, null, "publish the GitHub release " + tag));
    }
    return acts;
  }

  @Override
  public List<Delivered> fetch(Path directory) {
    Release release = release().filter(r -> !r.draft()).orElseThrow(() -> new NotThere("there is no public release " + bench.plan().tag()));
    List<Delivered> delivered = new ArrayList<>();
    for (Artifact asset : assets()) {
      Release.Asset there =
          release.assets().stream()
              .filter(a -> a.name().equals(asset.file()))
              .findFirst()
              .orElseThrow(() -> new NotThere("the release has no " + asset.file()));
      delivered.add(http.delivered(HttpReading.address(endpoint, there.downloadUrl()), asset, directory));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Artifact mine = usable().findFirst().orElseThrow(() -> new OutsideFailure("the release has no tarball for this platform"));
    Release release = release().filter(r -> !r.draft()).orElseThrow(() -> new NotThere("there is no public release " + bench.plan().tag()));
    for (Release.Asset asset : release.assets()) {
      if (asset.name().equals(mine.file())) {
        Delivered received = http.delivered(HttpReading.address(endpoint, asset.downloadUrl()), mine, directory);
        return tarballs.install("tarball", "download and unpack " + mine.file(), directory.resolve(mine.file()), received, directory);
      }
    }
    throw new NotThere("the release has no " + mine.file());
  }

  @Override
  public List<Installation> installations(Path directory) {
    return usable().findAny().isPresent() ? List.of(install(directory)) : List.of();
  }

  @Override
  public Map<String, String> notRunHere() {
    return TarballInstall.leftOut(archives().toList());
  }

  @Override
  Duration usualPropagation() {
    return Duration.ofMinutes(1);
  }

  private Stream<Artifact> usable() {
    return archives().filter(TarballInstall::isForThisPlatform);
  }

  /** What can be unpacked: SDKs first, then what is only called an archive. */
  private Stream<Artifact> archives() {
    return Stream.concat(
        bench.artifacts(Kind.SDK).stream(),
        bench.artifacts(Kind.OTHER).stream().filter(other -> ArchiveReader.reads(other.file())));
  }

  /** The draft itself, one asset in it, or the draft made public. */
  private final class Deed implements Act {

    private enum Kind {
      DRAFT,
      ASSET,
      PUBLICATION
    }

    private final Kind kind;
    private final Artifact asset;
    private final String what;

    /**
     * A deed.
     *
     * @param asset of {@code ASSET} only
     */
    Deed(Kind kind, Artifact asset, String what) {
      this.kind = kind;
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
      return kind == Kind.PUBLICATION ? Effect.IRREVERSIBLE : Effect.REVERSIBLE;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public Holding holding() {
      try {
        Optional<Release> release = release();
        return switch (kind) {
          case DRAFT -> release.map(r -> Holding.same("")).orElseGet(Holding::absent);
          case ASSET -> release.map(r -> held(r, asset)).orElseGet(Holding::absent);
          case PUBLICATION -> release.filter(r -> !r.draft()).map(GitHubChannel.this::whole).orElseGet(Holding::absent);
        };
      } catch (OutsideFailure e) {
        return Holding.unknown(e.getMessage());
      }
    }

    @Override
    public String send() {
      try {
        if (kind == Kind.DRAFT) {
          github.createDraft(repository, wanted(true), Effect.REVERSIBLE);
          return "";
        }
        Release release = release().orElseThrow(() -> new OutsideFailure("the draft of " + bench.plan().tag() + " is gone"));
        if (kind == Kind.ASSET) {
          github.uploadAsset(release, asset.file(), asset.path(), Effect.REVERSIBLE);
          return "";
        }
        // Between the draft and this lie the registries: somebody may have been at it.
        Optional<String> broken = broken(release);
        if (broken.isEmpty()) {
          github.updateRelease(repository, release.id(), wanted(false), Effect.IRREVERSIBLE);
        }
        return broken.orElse("");
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

  /** What is wrong with a draft that is about to become public; nothing when its files are exactly those of the release. */
  private Optional<String> broken(Release draft) {
    List<String> ours = assets().stream().map(Artifact::file).toList();
    Optional<String> strange = draft.assets().stream().map(Release.Asset::name).filter(name -> !ours.contains(name)).findFirst();
    Holding whole = whole(draft);
    return whole.state() != Holding.State.SAME
        ? Optional.of("the draft was changed: it does not hold every file as it was staged " + whole.detail())
        : strange.map(name -> "the draft was changed: it has " + name + ", which is not of this release");
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

  /** Beside the artifacts: outside of the sandbox the set is the build run's, and lies where that was fetched to. */
  private Path paper(String name) {
    return bench.artifacts().stream()
        .findFirst()
        .map(artifact -> artifact.path().resolveSibling(name))
        .orElseGet(() -> bench.plan().directories().artifacts().resolve(name));
  }
}
