package dev.plasmite.git;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;

/** Asks a remote for its refs, as {@code git ls-remote} does: nothing is fetched. */
final class RemoteReader {

  private final Connections connections;

  RemoteReader(Connections connections) {
    this.connections = connections;
  }

  /**
   * Asks for some refs in one connection.
   *
   * @param names full names; with protocol version 2 no others are sent
   * @throws dev.plasmite.gate.OutsideFailure when there is no complete answer within the limit
   */
  RemoteRefs read(Remote remote, List<String> names, Duration limit) {
    return connections.talk(
        remote, Transport.Operation.FETCH, limit, "read the refs of", transport -> ask(transport, names));
  }

  private static RemoteRefs ask(Transport transport, List<String> names) throws Exception {
    List<RefSpec> wanted = names.stream().map(RefSpec::new).toList();
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
