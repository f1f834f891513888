package dev.plasmite.publishing.fault;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.channel.Act;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.channel.Holding;
import dev.plasmite.channel.Leg;
import dev.plasmite.channel.PackageNames;
import dev.plasmite.channel.Workbench;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.PerfPlan;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StagingPlan;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.GitHubStandIn;
import dev.plasmite.version.SemVer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A large asset through the GitHub channel and back, with the stand-in for GitHub in the same process, so that the heap is
 * that of both sides. Not a test: see docs/benchmarks-publishing.md for the command.
 */
public final class AssetBenchmark {

  private static final String REPOSITORY = "lamp-demo/lamp";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private AssetBenchmark() {}

  /** Arguments: an empty directory, MiB of the asset. */
  public static void main(String[] args) throws Exception {
    Path root = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    long size = Long.parseLong(args[1]) << 20;
    Path staged = Files.createDirectories(root.resolve("staged"));
    Path file = staged.resolve("lamp_1.2.0_linux_amd64.tar.gz");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(size);
    }
    Artifact asset = new Artifact(Kind.SDK, file, Optional.empty(), Digests.of(file));
    Files.writeString(staged.resolve(Checksums.FILE), asset.sha256() + "  " + asset.file() + "\n");
    try (GitHubStandIn github = GitHubStandIn.open(root.resolve("github"), Accounts.of("good"))) {
      github.addRepository(REPOSITORY);
      github.addTag(REPOSITORY, "v1.2.0", COMMIT);
      GitHubChannel channel = channel(root, staged, asset, github);
      long before = live();
      Watch watch = new Watch();
      long start = System.nanoTime();
      for (Leg leg : Leg.values()) {
        for (Act act : channel.acts(leg)) {
          String said = act.send();
          if (act.holding().state() != Holding.State.SAME) {
            throw new IllegalStateException(act.what() + ": " + said);
          }
        }
      }
      double sent = (System.nanoTime() - start) / 1e9;
      Delivered back = channel.fetch(Files.createDirectories(root.resolve("back"))).get(0);
      double both = (System.nanoTime() - start) / 1e9;
      if (!back.sha256().equals(asset.sha256())) {
        throw new IllegalStateException("other bytes came back");
      }
      System.out.printf(
          Locale.ROOT, "%d MiB to GitHub's stand-in in %.1f s, back in %.1f s; live heap grew by at most %.1f MB (limit of the process: %d MB)%n",
          size >> 20, sent, both - sent, Math.max(0, watch.most() - before) / 1e6, Runtime.getRuntime().maxMemory() / 1_000_000);
    }
    System.exit(0);
  }

  private static GitHubChannel channel(Path root, Path staged, Artifact asset, GitHubStandIn github) {
    SemVer version = SemVer.parse("1.2.0");
    EffectGate effects = new EffectGate(Mode.SANDBOX);
    ChannelPlan plan = new ChannelPlan("github", "official", List.of(), Optional.empty(), Map.of());
    ReleasePlan release =
        new ReleasePlan(
            root, version, Mode.SANDBOX, Optional.empty(), LockstepPlan.discovered(),
            new CandidatePlan(Optional.empty(), Optional.empty(), Optional.of(REPOSITORY), Optional.empty()),
            new PerfPlan(List.of(), Optional.empty(), "plasmite", Optional.empty(), 0.1, List.of(), 0, Duration.ofMinutes(1)),
            new StagingPlan(List.of(), List.of(), Optional.empty(), Duration.ofMinutes(1)),
            List.of(plan), Map.of(), new ReleasePlan.Directories(staged, root, root));
    Workbench bench =
        new Workbench(
            release, List.of(asset), new PackageNames(version), root, effects, new Processes(Redactor.NONE), new Fetch(effects), Map.of(),
            root.resolve("scratch"));
    GitHubClient client = new GitHubClient(github.base(), Optional.of("good"), effects);
    return new GitHubChannel(bench, plan, client, github.base(), REPOSITORY, new GitHubChannel.Notes(COMMIT, "Light"));
  }

  private static long live() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The most that is alive right after a collection, five times a second. */
  private static final class Watch {
    private volatile long most;
    private volatile boolean over;
    private final Thread thread = new Thread(this::look, "heap");

    Watch() {
      thread.setDaemon(true);
      thread.start();
    }

    private void look() {
      while (!over) {
        most = Math.max(most, live());
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    long most() throws InterruptedException {
      over = true;
      thread.join();
      return most;
    }
  }
}
