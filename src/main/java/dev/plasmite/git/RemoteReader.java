package dev.plasmite.git;

import dev.plasmite.gate.OutsideFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.Transport;

/** Asks a remote for its refs, as {@code git ls-remote} does: nothing is fetched. */
final class RemoteReader {

  private final Repository repository;
  private final Optional<Credentials> credentials;

  RemoteReader(Repository repository, Optional<Credentials> credentials) {
    this.repository = repository;
    this.credentials = credentials;
  }

  /**
   * Asks for some refs in one connection.
   *
   * @param names full names; with protocol version 2 no others are sent
   * @throws OutsideFailure when there is no complete answer within the limit
   */
  RemoteRefs read(Remote remote, List<String> names, Duration limit) {
    CompletableFuture<RemoteRefs> answer = new CompletableFuture<>();
    // A thread of its own, for JGit's time-out is per read and a slow server could drip for ever.
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(ask(remote, names, limit));
              } catch (Throwable e) { // handed to the waiting thread, which throws it
                answer.completeExceptionally(e);
              }
            },
            "plasmite-ls-remote");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new OutsideFailure(remote + " did not answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new OutsideFailure("cannot read the refs of " + remote, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted while reading the refs of " + remote);
    }
  }

  private RemoteRefs ask(Remote remote, List<String> names, Duration limit) throws Exception {
    List<RefSpec> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(new RefSpec(name));
    }
    RemoteConfig config = new RemoteConfig(repository.getConfig(), remote.name());
    try (Transport transport = Transport.open(repository, config)) {
      transport.setTimeout((int) Math.max(1, limit.toSeconds()));
      credentials.ifPresent(c -> transport.setCredentialsProvider(c.provider()));
      Map<String, String> ids = new HashMap<>();
      Map<String, String> peeled = new HashMap<>();
      try (FetchConnection connection = transport.openFetch(wanted)) {
        for (Ref ref : connection.getRefs()) {
          if (names.contains(ref.getName()) && ref.getObjectId() != null) {
            ids.put(ref.getName(), ref.getObjectId().name());
            if (ref.getPeeledObjectId() != null) {
              peeled.put(ref.getName(), ref.getPeeledObjectId().name());
            }
          }
        }
      }
      return new RemoteRefs(ids, peeled);
    }
  }
}
