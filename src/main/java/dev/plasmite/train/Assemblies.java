package dev.plasmite.train;

import dev.plasmite.candidate.BlockerCheck;
import dev.plasmite.candidate.ReleaseNotes;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.GitRepository;
import java.time.Clock;
import java.util.List;

/**
 * What every assembly is made from.
 *
 * @param plan the release
 * @param repository the maintainer's repository, open
 * @param journal where effects are written down
 * @param clock the time
 * @param progress where stages say what they do
 * @param around the machine, its user and the credentials at hand; the sandbox looks only at the
 *     logins that a registry on this machine is given by name
 */
record Assemblies(
    ReleasePlan plan, GitRepository repository, Journal journal, Clock clock, Progress progress, Surroundings around) {

  /** The commit that is released. */
  String commit() {
    return repository
        .head()
        .commit()
        .orElseThrow(() -> new Refusal(Finding.of("the repository has no commit yet").remedy("commit the product first")));
  }

  /** What the release says: the changelog's section of this version. */
  GitHubChannel.Notes notes() {
    String body = plan.candidate().changelog().flatMap(path -> ReleaseNotes.of(plan.repository(), path, plan.version())).orElse("");
    return new GitHubChannel.Notes(commit(), body);
  }

  /** The home of the blockers. */
  BlockerHome blockers() {
    return new BlockerHome(plan, repository, around.environment(), clock);
  }

  /** Whether a blocker is open now: asked right before the first step that cannot be taken back. */
  List<Finding> openBlockers() {
    return new BlockerCheck(blockers().open(), plan.version()).findings();
  }

  /** The assembly for the plan's mode. */
  Assembly open() {
    return plan.mode() == Mode.SANDBOX ? new SandboxAssembly(this) : new OutsideAssembly(this);
  }
}
