package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.time.Clock;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.UserConfig;

/** Who makes a tag or a note, as git is told: {@code user.name} and {@code user.email}, or GIT_COMMITTER_*. */
final class Identity {

  private final Repository repository;
  private final Clock clock;

  Identity(Repository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Person and time.
   *
   * @throws Refusal when nobody is named; an account's and a machine's name would say nothing in a release
   */
  PersonIdent now() {
    UserConfig user = repository.getConfig().get(UserConfig.KEY);
    if (user.isCommitterNameImplicit() || user.isCommitterEmailImplicit()) {
      throw new Refusal(
          Finding.of("git does not know who makes this: user.name or user.email is not set")
              .remedy("git config --global user.name NAME, and user.email ADDRESS"));
    }
    return new PersonIdent(user.getCommitterName(), user.getCommitterEmail(), clock.instant(), clock.getZone());
  }
}
