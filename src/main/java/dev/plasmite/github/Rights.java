package dev.plasmite.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What GitHub says the token's owner may do with a repository ("Get a repository" in GitHub's REST documentation), and of
 * the token itself what its answers' headers tell. The token of an app, such as that of a workflow, is told neither pull
 * nor push, whatever it may do.
 *
 * @param pull the owner may read
 * @param push the owner may write; the token may be limited to less
 * @param scopes of a classic token ({@code X-OAuth-Scopes}); empty for every other kind, of which nothing is told
 * @param expires when the token ends ({@code GitHub-Authentication-Token-Expiration}); empty where it is not told
 */
public record Rights(boolean pull, boolean push, Optional<Set<String>> scopes, Optional<Instant> expires) {

  private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z", Locale.ROOT);

  public Rights {
    scopes = scopes.map(Set::copyOf);
  }

  /** What an answer tells: its body's {@code permissions}, and its headers. */
  static Rights of(JsonNode permissions, HttpHeaders headers) {
    Optional<Set<String>> scopes =
        headers
            .firstValue("x-oauth-scopes")
            .map(list -> Stream.of(list.split(",")).map(String::strip).filter(scope -> !scope.isEmpty()).collect(Collectors.toSet()));
    return new Rights(
        permissions.path("pull").asBoolean(false), permissions.path("push").asBoolean(false), scopes,
        expiry(headers.firstValue("github-authentication-token-expiration").orElse("").strip()));
  }

  /** Such as {@code 2026-12-01 10:00:00 UTC}, or with an offset; what is written in another way says nothing. */
  private static Optional<Instant> expiry(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(EXPIRY.parse(text.replaceFirst("UTC$", "+0000"), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
