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
import dev.plasmite.github.GitHubFailure;
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
  private final ReleaseView view;
  private final GitHubPreflight preflight;

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
    this.view = new ReleaseView(bench, github, repository);
    this.preflight = new GitHubPreflight(plan, github, repository, bench.plan().tag(), notes.commit(), Clock.systemUTC());
  }

  @Override
  List<Finding> right() {
    return preflight.rights();
  }

  @Override
  List<Finding> state() {
    List<Finding> findings = new ArrayList<>();
    if (!Files.isRegularFile(paper(Checksums.FILE))) {
      findings.add(Finding.of("there is no " + Checksums.FILE + " beside the staged artifacts").remedy("run stage-artifacts again"));
    }
    // Delivery would find it, when all else is published.
    if (plan.tier().equals("official") && plan.smoke().isPresent() && archives().findAny().isEmpty()) {
      findings.add(
          Finding.of("channel github claims the tier official, and this release has no archive in which its smoke test could run")
              .remedy("stage one (kind sdk), or write <tier>preview</tier>"));
    }
    try {
      findings.addAll(preflight.state(view.tag(), view.release(), assets()));
    } catch (GitHubFailure e) {
      if (!ReleaseView.refused(e)) { // else the token is asked about, and that says it
        throw e;
      }
    }
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
    Release release = view.published();
    List<Delivered> delivered = new ArrayList<>();
    for (Artifact asset : assets()) {
      delivered.add(http.delivered(address(release, asset), asset, directory));
    }
    return delivered;
  }

  @Override
  public Installation install(Path directory) {
    Artifact mine = usable().findFirst().orElseThrow(() -> new OutsideFailure("the release has no tarball for this platform"));
    Delivered received = http.delivered(address(view.published(), mine), mine, directory);
    return tarballs.install("tarball", "download and unpack " + mine.file(), directory.resolve(mine.file()), received, directory);
  }

  private URI address(Release release, Artifact asset) {
    return release
        .asset(asset.file())
        .map(there -> HttpReading.address(endpoint, there.downloadUrl()))
        .orElseThrow(() -> new NotThere("the release has no " + asset.file()));
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
        Optional<Release> release = view.release();
        return switch (kind) {
          case DRAFT -> release.map(r -> Holding.same("")).orElseGet(Holding::absent);
          case ASSET -> release.map(r -> view.held(r, asset)).orElseGet(Holding::absent);
          case PUBLICATION -> release.filter(r -> !r.draft()).map(r -> view.whole(r, assets())).orElseGet(Holding::absent);
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
        Release release =
            view.release().filter(Release::draft).orElseThrow(() -> new OutsideFailure("the draft of " + bench.plan().tag() + " is gone"));
        if (kind == Kind.ASSET) {
          upload(release);
          return "";
        }
        // Between the draft and this lie the registries: somebody may have been at it.
        Optional<String> broken = view.broken(release, assets());
        if (broken.isEmpty()) {
          github.updateRelease(repository, release.id(), wanted(false), Effect.IRREVERSIBLE);
        }
        return broken.orElse("");
      } catch (OutsideFailure e) {
        return e.getMessage();
      }
    }

    /** GitHub takes no file under a name that an upload which broke off still holds. */
    private void upload(Release draft) {
      draft
          .asset(asset.file())
          .filter(Release.Asset::brokenOff)
          .ifPresent(left -> github.deleteAsset(repository, left.id(), Effect.REVERSIBLE));
      github.uploadAsset(draft, asset.file(), asset.path(), Effect.REVERSIBLE);
    }
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
