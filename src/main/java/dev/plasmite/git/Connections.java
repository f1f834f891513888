package dev.plasmite.git;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;

/** Opens connections to remotes and bounds them in time, whatever the server does. */
final class Connections {

  private final Repository repository;
  private final Optional<Credentials> credentials;

  Connections(Repository repository, Optional<Credentials> credentials) {
    this.repository = repository;
    this.credentials = credentials;
  }

  /** What is done over a connection. */
  @FunctionalInterface
  interface Talk<T> {
    T over(Transport transport) throws Exception;
  }

  /**
   * Talks to a remote.
   *
   * @param deed what is done, for the message: "read the refs of"
   * @throws OutsideFailure when it fails, or takes longer than the limit
   */
  <T> T talk(Remote remote, Transport.Operation operation, Duration limit, String deed, Talk<T> talk) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    // A thread of its own, for JGit's time-out is per read and a slow server could drip for ever.
    Thread talking =
        new Thread(
            () -> {
              try (Transport transport = open(remote, operation, limit)) {
                answer.complete(talk.over(transport));
              } catch (Throwable e) { // handed to the waiting thread, which throws it
                answer.completeExceptionally(e);
              }
            },
            "plasmite-git");
    talking.setDaemon(true);
    talking.start();
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new OutsideFailure(
          "cannot " + deed + " " + remote + ": no complete answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new OutsideFailure("cannot " + deed + " " + remote, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted: cannot " + deed + " " + remote);
    }
  }

  private Transport open(Remote remote, Transport.Operation operation, Duration limit) throws Exception {
    RemoteConfig config = new RemoteConfig(repository.getConfig(), remote.name());
    Transport transport = Transport.open(repository, config, operation);
    transport.setTimeout((int) Math.max(1, limit.toSeconds()));
    if (remote.local()) {
      // On this machine git's own programs answer, not one that a configuration names (remote.NAME.uploadpack).
      transport.setOptionUploadPack(RemoteConfig.DEFAULT_UPLOAD_PACK);
      transport.setOptionReceivePack(RemoteConfig.DEFAULT_RECEIVE_PACK);
    }
    credentials.ifPresent(c -> transport.setCredentialsProvider(c.provider()));
    if (transport instanceof SshTransport ssh) {
      ssh.setSshSessionFactory(SystemSsh.ofThisMachine());
    }
    return transport;
  }
}
