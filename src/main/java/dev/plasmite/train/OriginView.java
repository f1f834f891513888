package dev.plasmite.train;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import dev.plasmite.git.NotesElsewhere;
import dev.plasmite.git.Remote;
import dev.plasmite.git.RemoteRefs;
import dev.plasmite.git.Tag;
import dev.plasmite.git.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What origin shows of a release to who only looks: one question for the release tag and the notes, and the notes
 * themselves only when they are others than here. Nothing is written.
 *
 * @param tag the release tag there; empty when there is none, or it is not known
 * @param seen whether origin has answered
 * @param notes lines of the candidate's note there, beyond those that are here
 * @param unseen what could not be seen, a sentence without a full stop; empty when all was
 */
record OriginView(Optional<Tag> tag, boolean seen, List<String> notes, Optional<String> unseen) {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String WHAT = "its release tag, and evidence of other machines";

  OriginView {
    notes = List.copyOf(notes);
  }

  /** Nothing was asked, and nothing had to be. */
  static OriginView notNeeded() {
    return new OriginView(Optional.empty(), false, List.of(), Optional.empty());
  }

  private static OriginView unseen(String why) {
    return new OriginView(Optional.empty(), false, List.of(), Optional.of(why + ": " + WHAT));
  }

  /**
   * Asks.
   *
   * @param commit the candidate
   * @param offline whether Maven was told to stay offline
   */
  static OriginView of(
      ReleasePlan plan, GitRepository repository, Map<String, String> environment, String commit, boolean offline) {
    String name = repository.upstream().map(Upstream::remote).orElse("origin");
    Optional<Remote> found = repository.remote(name);
    if (found.isEmpty()) {
      return unseen("there is no remote " + name);
    }
    Remote remote = found.get();
    if (offline && !remote.local()) {
      return unseen(name + " was not asked (Maven is offline)");
    }
    if (!plan.effects().allows(remote.local() ? Effect.LOOPBACK : Effect.READ)) {
      return unseen("mode " + plan.mode().id() + " does not ask " + name);
    }
    Optional<Credentials> credentials = OriginCredentials.forReading(remote, environment);
    try {
      RemoteRefs refs = repository.remoteRefs(remote, List.of("refs/tags/" + plan.tag(), Notes.REF), LIMIT, credentials);
      Optional<String> there = Optional.ofNullable(refs.ids().get(Notes.REF));
      List<String> notes =
          there.isEmpty() || there.equals(repository.ref(Notes.REF))
              ? List.of()
              : new NotesElsewhere(repository, credentials, LIMIT).read(remote, commit);
      return new OriginView(refs.tag(plan.tag()), true, notes, Optional.empty());
    } catch (OutsideFailure e) {
      return unseen(e.getMessage());
    }
  }
}
