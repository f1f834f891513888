package dev.plasmite.git;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** A throw-away clone of a small repository, such as a tap: read a file, change it, push the change. */
public final class WorkingClone implements AutoCloseable {

  /** How long the other side may keep silent, in seconds. */
  private static final int SILENCE = 60;

  private final Git git;
  private final URI origin;
  private final int silence;
  private final EffectGate effects;

  private WorkingClone(Git git, URI origin, EffectGate effects, int silence) {
    this.silence = silence;
    this.git = git;
    this.origin = origin;
    this.effects = effects;
  }

  /**
   * Clones a repository's default branch.
   *
   * @param directory an empty directory
   * @throws OutsideFailure when it cannot be cloned
   */
  public static WorkingClone of(URI origin, Path directory, EffectGate effects) {
    return of(origin, directory, effects, SILENCE);
  }

  /** The same with another limit in seconds. */
  static WorkingClone of(URI origin, Path directory, EffectGate effects, int silence) {
    effects.demand(Effect.READ, origin, "clone a repository");
    try {
      Git git = Git.cloneRepository().setURI(origin.toString()).setDirectory(directory.toFile()).setDepth(1).setTimeout(silence).call();
      return new WorkingClone(git, origin, effects, silence);
    } catch (GitAPIException e) {
      throw new OutsideFailure("cannot clone " + origin, e);
    }
  }

  /** A file's text at the tip, if it is there. */
  public Optional<String> read(String path) {
    Path file = git.getRepository().getWorkTree().toPath().resolve(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + path + " of " + origin, e);
    }
  }

  /**
   * Commits one file's new text and pushes it; a push that is not a fast-forward is refused by the other side.
   *
   * @throws OutsideFailure when it does not get there
   */
  public void push(String path, String text, String message) {
    effects.demand(Effect.REVERSIBLE, origin, "push " + path);
    try {
      Files.writeString(git.getRepository().getWorkTree().toPath().resolve(path), text);
      git.add().addFilepattern(path).call();
      PersonIdent who = new PersonIdent(git.getRepository());
      git.commit().setMessage(message).setAuthor(who).setCommitter(who).setSign(false).call();
      for (PushResult result : git.push().setTimeout(silence).call()) {
        for (RemoteRefUpdate update : result.getRemoteUpdates()) {
          if (update.getStatus() != RemoteRefUpdate.Status.OK) {
            throw new OutsideFailure("cannot push to " + origin + ": " + update.getStatus());
          }
        }
      }
    } catch (GitAPIException | IOException e) {
      throw new OutsideFailure("cannot push to " + origin, e);
    }
  }

  /**
   * Asks the other side to take a push, up to the point where something would be sent: it has then let the credential in
   * as one that may push.
   *
   * @throws OutsideFailure when it does not
   */
  public void provePush() {
    effects.demand(Effect.READ, origin, "ask for the right to push");
    try {
      for (PushResult result : git.push().setTimeout(silence).setDryRun(true).call()) {
        for (RemoteRefUpdate update : result.getRemoteUpdates()) {
          if (update.getStatus() != RemoteRefUpdate.Status.OK && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
            throw new OutsideFailure("may not push to " + origin + ": " + update.getStatus());
          }
        }
      }
    } catch (GitAPIException e) {
      throw new OutsideFailure("may not push to " + origin + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
