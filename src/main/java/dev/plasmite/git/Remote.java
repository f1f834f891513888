package dev.plasmite.git;

import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * A configured remote; {@code url.*.insteadOf} is applied.
 *
 * @param name such as {@code origin}
 * @param fetchUrl where it is read from
 * @param pushUrl where it is written to
 */
public record Remote(String name, String fetchUrl, String pushUrl) {

  private static final Pattern GITHUB_PATH = Pattern.compile("/?([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+?)(?:\\.git)?/?");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  /** Whether reading or writing it stays on this machine: a path, or a server on the loopback interface. */
  public boolean local() {
    return local(fetchUrl) && local(pushUrl);
  }

  /** The GitHub repository that it is, {@code owner/name}; empty when its host is another. */
  public Optional<String> githubRepository() {
    URIish uri = parse(fetchUrl);
    if (uri == null || !"github.com".equalsIgnoreCase(uri.getHost()) || uri.getPath() == null) {
      return Optional.empty();
    }
    Matcher m = GITHUB_PATH.matcher(uri.getPath());
    return m.matches() ? Optional.of(m.group(1) + "/" + m.group(2)) : Optional.empty();
  }

  /** The fetch URL for a message, without what may be a password or a token. */
  public String shown() {
    URIish uri = parse(fetchUrl);
    if (uri == null) {
      return "(not a URL)";
    }
    boolean http = uri.getScheme() != null && uri.getScheme().startsWith("http");
    return (http ? uri.setUser(null) : uri).setPass(null).toString();
  }

  private static boolean local(String url) {
    URIish uri = parse(url);
    return uri != null && (uri.getHost() == null || LOOPBACK.contains(uri.getHost()));
  }

  private static URIish parse(String url) {
    try {
      return new URIish(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Never shows a password. */
  @Override
  public String toString() {
    return name + " (" + shown() + ")";
  }
}
