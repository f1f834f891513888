package dev.plasmite.git;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/** Pushes a release's tag and the evidence for it: both or neither, never by force. */
public final class Push {

  private final GitRepository git;
  private final EffectGate gate;
  private final Clock clock;
  private final Optional<Credentials> credentials;
  private final Duration limit;

  /**
   * A push.
   *
   * @param gate decides whether anything may be sent
   * @param limit for each connection
   */
  public Push(GitRepository git, EffectGate gate, Clock clock, Optional<Credentials> credentials, Duration limit) {
    this.git = git;
    this.gate = gate;
    this.clock = clock;
    this.credentials = credentials;
    this.limit = limit;
  }

  /**
   * Pushes a tag and the notes in one atomic push. Notes that another machine pushed meanwhile are taken in first.
   *
   * @param tag the tag's name; it must be annotated
   * @throws Refusal when the remote has another tag of that name, or the mode does not allow it
   * @throws OutsideFailure when the remote refuses, cannot push atomically, or does not answer
   */
  public void tagAndEvidence(Remote remote, String tag) {
    Tag own =
        git.tag(tag)
            .filter(Tag::annotated)
            .orElseThrow(
                () -> new Refusal(Finding.of("there is no annotated tag " + tag).remedy("make it: mvn plasmite:tag")));
    gate.demand(remote.local() ? Effect.LOOPBACK : Effect.IRREVERSIBLE, "push " + tag + " to " + remote.name());
    Notes notes = new Notes(git, clock);
    for (int attempt = 1; ; attempt++) {
      notes.mergeFrom(remote, limit, credentials);
      List<RemoteRefUpdate> refused = push(remote, own);
      if (refused.isEmpty()) {
        return;
      }
      boolean onlyNotesMoved =
          refused.stream()
              .allMatch(
                  r ->
                      r.getStatus() == RemoteRefUpdate.Status.REJECTED_OTHER_REASON
                          || r.getRemoteName().equals(Notes.REF));
      if (attempt == 3 || !onlyNotesMoved || taken(remote, own)) {
        throw refusal(remote, own, refused);
      }
    }
  }

  private List<RemoteRefUpdate> push(Remote remote, Tag tag) {
    return new Connections(git.jgit(), credentials)
        .talk(
            remote,
            Transport.Operation.PUSH,
            limit,
            "push to",
            transport -> {
              transport.setPushAtomic(true);
              List<RemoteRefUpdate> updates = new ArrayList<>();
              updates.add(update("refs/tags/" + tag.name(), ObjectId.fromString(tag.id())));
              Ref notes = git.jgit().exactRef(Notes.REF);
              if (notes != null) {
                updates.add(update(Notes.REF, notes.getObjectId()));
              }
              PushResult result = transport.push(NullProgressMonitor.INSTANCE, updates);
              return result.getRemoteUpdates().stream().filter(Push::failed).toList();
            });
  }

  private RemoteRefUpdate update(String ref, ObjectId id) throws java.io.IOException {
    return new RemoteRefUpdate(git.jgit(), ref, id, ref, false, null, null);
  }

  private static boolean failed(RemoteRefUpdate update) {
    return update.getStatus() != RemoteRefUpdate.Status.OK
        && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE;
  }

  private boolean taken(Remote remote, Tag own) {
    return git.remoteRefs(remote, List.of("refs/tags/" + own.name()), limit, credentials)
        .tag(own.name())
        .filter(there -> !there.id().equals(own.id()))
        .isPresent();
  }

  private RuntimeException refusal(Remote remote, Tag own, List<RemoteRefUpdate> refused) {
    if (taken(remote, own)) {
      return new Refusal(
          Finding.of("there is another tag " + own.name() + " on " + remote.name() + ", and tags do not move")
              .at(Place.file(own.name()))
              .remedy("release another version"));
    }
    List<String> reasons = new ArrayList<>();
    for (RemoteRefUpdate r : refused) {
      reasons.add(
          r.getRemoteName() + " " + r.getStatus() + (r.getMessage() == null ? "" : " (" + r.getMessage() + ")"));
    }
    return new OutsideFailure(remote + " refused the push, nothing was pushed: " + String.join("; ", reasons));
  }
}
