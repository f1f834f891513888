package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Request;
import java.util.Optional;

/** Who asks, and what they may. */
final class GitHubAccess {

  private final Accounts accounts;

  GitHubAccess(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Who asks; nothing when no token is sent.
   *
   * @throws Rejection 401 when the token is not known
   */
  Optional<String> user(Request request) {
    String header = request.header("Authorization").orElse("").strip();
    if (header.isEmpty()) {
      return Optional.empty();
    }
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space);
    String token = header.substring(space + 1).strip();
    boolean known = scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("token");
    return Optional.of(
        accounts.user(known ? token : null).orElseThrow(() -> new Rejection(401, "Bad credentials")));
  }

  /** Who asks, or 401. */
  String someone(Request request) {
    return user(request).orElseThrow(() -> new Rejection(401, "Requires authentication"));
  }

  /** Who asks, or 401 or 403 when they may not write to the repository. */
  String writer(Request request, ObjectNode repository) {
    String user = someone(request);
    if (!mayWrite(user, repository)) {
      throw new Rejection(403, "Resource not accessible by personal access token");
    }
    return user;
  }

  /** Whether who asks may write, without a refusal when not. */
  boolean writes(Request request, ObjectNode repository) {
    return user(request).filter(user -> mayWrite(user, repository)).isPresent();
  }

  private static boolean mayWrite(String user, ObjectNode repository) {
    for (JsonNode writer : repository.path("writers")) {
      if (writer.asText().equals(user)) {
        return true;
      }
    }
    return false;
  }
}
