package dev.plasmite.git;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.UserConfig;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.util.SystemReader;

/** A throw-away clone of a small repository, such as a tap: read a file, change it, push the change. */
public final class WorkingClone implements AutoCloseable {

  /** How long the other side may be silent, in seconds. */
  private static final int SILENCE = 60;

  private final Git git;
  private final URI origin;
  private final EffectGate effects;
  private final Optional<Credentials> credentials;
  private final int silence;

  private WorkingClone(Git git, URI origin, EffectGate effects, Optional<Credentials> credentials, int silence) {
    this.silence = silence;
    this.git = git;
    this.origin = origin;
    this.effects = effects;
    this.credentials = credentials;
  }

  /**
   * Clones a repository's default branch. It is the very address that is given: the user's git settings change nothing,
   * and none of their hooks runs ({@link OwnSettings}). Over SSH the machine's own ssh is asked.
   *
   * @param directory an empty directory
   * @param credentials how it is entered over HTTP, when it wants to know
   * @throws OutsideFailure when it cannot be cloned
   */
  public static WorkingClone of(URI origin, Path directory, EffectGate effects, Optional<Credentials> credentials) {
    return of(origin, directory, effects, credentials, SILENCE);
  }

  /** The same with another limit in seconds. */
  static WorkingClone of(URI origin, Path directory, EffectGate effects, Optional<Credentials> credentials, int silence) {
    effects.demand(Effect.READ, origin, "clone a repository");
    try {
      CloneCommand clone = Git.cloneRepository().setURI(origin.toString()).setDirectory(directory.toFile()).setDepth(1);
      return new WorkingClone(OwnSettings.only(entering(clone, credentials, silence)::call), origin, effects, credentials, silence);
    } catch (GitAPIException | IOException e) {
      throw new OutsideFailure("cannot clone " + origin + ": " + e.getMessage(), e);
    }
  }

  private static <C extends TransportCommand<C, ?>> C entering(C command, Optional<Credentials> credentials, int silence) {
    credentials.ifPresent(c -> command.setCredentialsProvider(c.provider()));
    command.setTransportConfigCallback(
        transport -> {
          if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(SystemSsh.ofThisMachine());
          }
        });
    return command.setTimeout(silence);
  }

  /**
   * The clone that an earlier call has made in a directory, as it is.
   *
   * @throws OutsideFailure when it is not there
   */
  public static WorkingClone reopened(URI origin, Path directory, EffectGate effects, Optional<Credentials> credentials) {
    try {
      return new WorkingClone(OwnSettings.only(() -> Git.open(directory.toFile())), origin, effects, credentials, SILENCE);
    } catch (GitAPIException | IOException e) {
      throw new OutsideFailure("cannot open the clone of " + origin + ": " + e.getMessage(), e);
    }
  }

  /**
   * Brings it to the tip that the other side has now; whatever was committed here and did not get there is gone.
   *
   * @return false when the other side has another default branch, or none: then only a fresh clone knows
   * @throws OutsideFailure when the other side does not say what it has
   */
  public boolean refresh() {
    effects.demand(Effect.READ, origin, "fetch a repository");
    try {
      String branch = git.getRepository().getFullBranch();
      FetchResult said = entering(git.fetch().setDepth(1), credentials, silence).call();
      Ref head = said.getAdvertisedRef(Constants.HEAD);
      Ref tip = said.getAdvertisedRef(branch);
      if (head == null || tip == null || !tip.getObjectId().equals(head.getObjectId()) || head.isSymbolic() && !head.getTarget().getName().equals(branch)) {
        return false;
      }
      git.reset().setMode(ResetCommand.ResetType.HARD).setRef(tip.getObjectId().name()).call();
      return true;
    } catch (GitAPIException | IOException e) {
      throw new OutsideFailure("cannot fetch from " + origin + ": " + e.getMessage(), e);
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
      PersonIdent who = committer();
      git.commit().setMessage(message).setAuthor(who).setCommitter(who).setSign(false).call();
      for (PushResult result : entering(git.push(), credentials, silence).call()) {
        for (RemoteRefUpdate update : result.getRemoteUpdates()) {
          if (update.getStatus() != RemoteRefUpdate.Status.OK) {
            throw new OutsideFailure("cannot push to " + origin + ": " + update.getStatus());
          }
        }
      }
    } catch (GitAPIException | IOException e) {
      throw new OutsideFailure("cannot push to " + origin + ": " + e.getMessage(), e);
    }
  }

  /** Whom git knows as the person here; the name is all that is taken of their settings. */
  private static PersonIdent committer() throws IOException {
    try {
      UserConfig user = SystemReader.getInstance().getUserConfig().get(UserConfig.KEY);
      return new PersonIdent(user.getCommitterName(), user.getCommitterEmail());
    } catch (ConfigInvalidException e) {
      throw new IOException("the user's git settings cannot be read", e);
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
      for (PushResult result : entering(git.push(), credentials, silence).setDryRun(true).call()) {
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
