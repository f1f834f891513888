package dev.plasmite.train;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.gate.SecretNames;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.Remote;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an origin over HTTPS is entered: with GITHUB_TOKEN (or GH_TOKEN) when it is on the GitHub that the token is for, else
 * with what git's own credential helper knows (git-credential(1)). Over SSH the machine's own ssh is asked.
 */
final class OriginCredentials {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private OriginCredentials() {}

  /** For a read: the environment's token alone, so that no helper opens a window. */
  static Optional<Credentials> forReading(Remote remote, Map<String, String> environment) {
    return https(remote.fetchUrl()).flatMap(uri -> token(uri, environment));
  }

  /** For a push: the environment's token, or what the credential helper knows without asking a person. */
  static Optional<Credentials> forPushing(Remote remote, Map<String, String> environment, Path repository, String git) {
    return https(remote.pushUrl())
        .flatMap(uri -> token(uri, environment).or(() -> helper(uri, environment, repository, git)));
  }

  private static Optional<URI> https(String url) {
    try {
      URI uri = new URI(url);
      boolean own = uri.getUserInfo() != null && uri.getUserInfo().contains(":");
      return "https".equals(uri.getScheme()) && uri.getHost() != null && !own ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty(); // a path, or ssh's own form
    }
  }

  private static Optional<Credentials> token(URI uri, Map<String, String> environment) {
    String server = environment.getOrDefault("GITHUB_SERVER_URL", "https://github.com");
    if (!server.replaceFirst("^https://", "").replaceFirst("/.*$", "").equalsIgnoreCase(uri.getHost())) {
      return Optional.empty(); // the token is GitHub's and goes nowhere else
    }
    return Stream.of("GITHUB_TOKEN", "GH_TOKEN")
        .map(environment::get)
        .filter(token -> token != null && !token.isBlank())
        .findFirst()
        .map(token -> new Credentials("x-access-token", token));
  }

  /** The helper gets the person's environment, without the credentials of other services. */
  private static Optional<Credentials> helper(URI uri, Map<String, String> environment, Path repository, String git) {
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    String user = uri.getUserInfo() == null ? "" : "username=" + uri.getUserInfo() + "\n";
    if ((path + uri.getUserInfo()).chars().anyMatch(Character::isISOControl)) {
      return Optional.empty(); // an escaped line end in the address would ask for another host's credential
    }
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    String question = "protocol=https\nhost=" + host + "\npath=" + path + "\n" + user + "\n";
    Command command =
        Command.of(repository, List.of(git, "-c", "core.askPass=", "credential", "fill"))
            .with(SecretNames.without(environment))
            .with(Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_ASKPASS", "", "SSH_ASKPASS", ""))
            .within(LIMIT);
    Exit exit = new Processes(dev.plasmite.client.Redactor.NONE).run(command, question.getBytes(StandardCharsets.UTF_8));
    Optional<String> name = field(exit, "username=");
    Optional<String> password = field(exit, "password=");
    return exit.ok() && name.isPresent() && password.isPresent()
        ? Optional.of(new Credentials(name.get(), password.get()))
        : Optional.empty();
  }

  private static Optional<String> field(Exit exit, String name) {
    return exit.out().lines().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length())).findFirst();
  }
}
