package dev.plasmite.git;

import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.Note;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;

/**
 * Evidence that travels with commits, in git notes under {@value #REF} (see git-notes). A commit's note is a list of
 * lines to which lines are only added, so that what two machines wrote is merged by keeping the lines of both.
 */
public final class Notes {

  /** The ref that holds the notes, here and on remotes. */
  public static final String REF = "refs/notes/plasmite";

  private static final int ATTEMPTS = 5;

  private final GitRepository git;
  private final Clock clock;

  public Notes(GitRepository git, Clock clock) {
    this.git = git;
    this.clock = clock;
  }

  /** The lines of a commit's note, the oldest first; empty when it has none, or there are no notes. */
  public List<String> read(String commit) {
    return io(
        repository -> {
          try (RevWalk walk = new RevWalk(repository)) {
            return lines(walk, map(walk, tip(repository, walk)), ObjectId.fromString(commit));
          }
        });
  }

  /**
   * Adds a line to a commit's note.
   *
   * @param line without a line end; a line that is there already is not added again
   * @throws IllegalArgumentException when the line holds a line end, or nothing
   */
  public void append(String commit, String line) {
    if (line.isBlank() || line.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("a note's line is one line");
    }
    write(
        (repository, walk, inserter, tip) -> {
          NoteMap map = map(walk, tip);
          ObjectId id = ObjectId.fromString(commit);
          Set<String> all = new LinkedHashSet<>(lines(walk, map, id));
          if (!all.add(line)) {
            return Optional.empty();
          }
          set(map, id, all, inserter);
          return Optional.of(commit(map, inserter, "Evidence for " + commit, parents(tip)));
        });
  }

  /**
   * Takes in the notes that a remote has: forward when only the remote's are newer, else merged line by line.
   *
   * @param limit for the whole fetch
   * @throws OutsideFailure when the remote does not answer
   */
  public void mergeFrom(Remote remote, Duration limit, Optional<Credentials> credentials) {
    if (git.remoteRefs(remote, List.of(REF), limit, credentials).ids().isEmpty()) {
      return;
    }
    String fetched = "refs/plasmite/notes/" + remote.name();
    new Connections(git.jgit(), credentials)
        .talk(
            remote,
            Transport.Operation.FETCH,
            limit,
            "fetch the notes of",
            transport -> {
              transport.setTagOpt(org.eclipse.jgit.transport.TagOpt.NO_TAGS);
              return transport.fetch(
                  NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + REF + ":" + fetched)));
            });
    write(
        (repository, walk, inserter, tip) -> {
          Ref ref = repository.exactRef(fetched);
          RevCommit theirs = walk.parseCommit(ref.getObjectId());
          if (tip == null || walk.isMergedInto(tip, theirs)) {
            return Optional.of(theirs);
          }
          return walk.isMergedInto(theirs, tip)
              ? Optional.empty()
              : Optional.of(merged(walk, inserter, tip, theirs, remote));
        });
  }

  private ObjectId merged(RevWalk walk, ObjectInserter inserter, RevCommit ours, RevCommit theirs, Remote remote)
      throws IOException {
    NoteMap map = map(walk, ours);
    NoteMap other = map(walk, theirs);
    for (Note note : other) {
      ObjectId about = note.copy();
      Set<String> all = new LinkedHashSet<>(lines(walk, map, about));
      if (all.addAll(lines(walk, other, about))) {
        set(map, about, all, inserter);
      }
    }
    return commit(map, inserter, "Evidence of " + remote.name() + " taken in", List.of(ours, theirs));
  }

  /** What the notes are to become; nothing when they stay as they are. */
  private interface Change {
    Optional<ObjectId> next(Repository repository, RevWalk walk, ObjectInserter inserter, RevCommit tip)
        throws IOException;
  }

  private void write(Change change) {
    io(
        repository -> {
          for (int attempt = 1; ; attempt++) {
            try (RevWalk walk = new RevWalk(repository);
                ObjectInserter inserter = repository.newObjectInserter()) {
              RevCommit tip = tip(repository, walk);
              Optional<ObjectId> next = change.next(repository, walk, inserter, tip);
              if (next.isEmpty()) {
                return null;
              }
              inserter.flush();
              RefUpdate update = repository.updateRef(REF);
              update.setExpectedOldObjectId(tip == null ? ObjectId.zeroId() : tip);
              update.setNewObjectId(next.get());
              update.setRefLogMessage("plasmite", false);
              RefUpdate.Result result = update.update();
              switch (result) {
                case NEW, FAST_FORWARD, NO_CHANGE -> {
                  return null;
                }
                case LOCK_FAILURE, REJECTED -> {
                  // Another process wrote in between: once more, on what it left.
                  if (attempt == ATTEMPTS) {
                    throw new IOException(REF + " is being written by another process");
                  }
                }
                default -> throw new IOException("cannot write " + REF + ": " + result);
              }
            }
          }
        });
  }

  private ObjectId commit(NoteMap map, ObjectInserter inserter, String message, List<RevCommit> parents)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(map.writeTree(inserter));
    commit.setParentIds(parents);
    commit.setAuthor(new Identity(git.jgit(), clock).now());
    commit.setCommitter(commit.getAuthor());
    commit.setMessage(message + "\n");
    return inserter.insert(commit);
  }

  private static RevCommit tip(Repository repository, RevWalk walk) throws IOException {
    Ref ref = repository.exactRef(REF);
    return ref == null ? null : walk.parseCommit(ref.getObjectId());
  }

  private static List<RevCommit> parents(RevCommit tip) {
    return tip == null ? List.of() : List.of(tip);
  }

  private static NoteMap map(RevWalk walk, RevCommit tip) throws IOException {
    return tip == null ? NoteMap.newEmptyMap() : NoteMap.read(walk.getObjectReader(), tip);
  }

  private static List<String> lines(RevWalk walk, NoteMap map, ObjectId about) throws IOException {
    ObjectId blob = map.get(about);
    if (blob == null) {
      return List.of();
    }
    String text = new String(walk.getObjectReader().open(blob).getBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
    return lines;
  }

  private static void set(NoteMap map, ObjectId about, Set<String> lines, ObjectInserter inserter) throws IOException {
    map.set(about, String.join("\n", lines) + "\n", inserter);
  }

  private interface Work<T> {
    T on(Repository repository) throws IOException;
  }

  private <T> T io(Work<T> work) {
    try {
      return work.on(git.jgit());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read or write the git notes " + REF, e);
    }
  }
}
