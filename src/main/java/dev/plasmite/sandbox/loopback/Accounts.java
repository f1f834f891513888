package dev.plasmite.sandbox.loopback;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may write to a stand-in: the tokens it knows, and the user each belongs to.
 *
 * @param users user names by token; a token that is not here is treated as the real service treats a revoked one
 */
public record Accounts(Map<String, String> users) {

  /** The user to whom the tokens of {@link #of} belong. */
  public static final String MAINTAINER = "maintainer";

  public Accounts {
    users = Map.copyOf(users);
    if (users.keySet().stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a token must not be blank");
    }
  }

  /** Tokens that all belong to one user. */
  public static Accounts of(String... tokens) {
    Map<String, String> users = new LinkedHashMap<>();
    Set.of(tokens).forEach(token -> users.put(token, MAINTAINER));
    return new Accounts(users);
  }

  /** The same accounts and one more. */
  public Accounts plus(String token, String user) {
    Map<String, String> all = new LinkedHashMap<>(users);
    all.put(token, user);
    return new Accounts(all);
  }

  /** Whose token this is; nothing for none and for an unknown one. */
  public Optional<String> user(String token) {
    return token == null ? Optional.empty() : Optional.ofNullable(users.get(token));
  }

  /** Never shows a token. */
  @Override
  public String toString() {
    return "Accounts of " + Set.copyOf(users.values());
  }
}
