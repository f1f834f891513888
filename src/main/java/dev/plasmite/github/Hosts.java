package dev.plasmite.github;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

/** Which addresses may be spoken to, and which may see the token. */
final class Hosts {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private Hosts() {}

  static boolean loopback(URI uri) {
    return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
  }

  /** HTTPS anywhere; plain HTTP on the loopback interface only. */
  static boolean permitted(URI uri) {
    return uri.getHost() != null
        && uri.getUserInfo() == null
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()) && loopback(uri));
  }

  static boolean sameOrigin(URI a, URI b) {
    return Objects.equals(lower(a.getScheme()), lower(b.getScheme()))
        && Objects.equals(lower(a.getHost()), lower(b.getHost()))
        && port(a) == port(b);
  }

  /** Whether GitHub itself takes uploads there: the API's own host, or {@code uploads.X} for {@code api.X}. */
  static boolean uploadHost(URI api, URI upload) {
    if (sameOrigin(api, upload) || loopback(api) && loopback(upload)) {
      return true; // a stand-in on this machine has a port for each
    }
    String host = lower(api.getHost());
    return host != null
        && host.startsWith("api.")
        && ("uploads." + host.substring("api.".length())).equals(lower(upload.getHost()))
        && "https".equalsIgnoreCase(upload.getScheme())
        && port(api) == port(upload);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(java.util.Locale.ROOT);
  }
}
