package dev.plasmite.train;

import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.GitRepository;
import java.nio.file.Path;

/** Where a release's ledger is kept. */
final class LedgerHome {

  private LedgerHome() {}

  /**
   * In the sandbox, with the sandbox's world: who deletes the one deletes the other. Else in the repository's git
   * directory, where neither {@code mvn clean} nor {@code git clean} reaches it.
   */
  static Path of(ReleasePlan plan, GitRepository repository) {
    Path home =
        plan.mode() == Mode.SANDBOX
            ? plan.directories().sandbox()
            : repository.commonDirectory().resolve("plasmite").resolve(plan.tag() + "-" + plan.mode().id());
    return home.resolve("ledger.jsonl");
  }
}
