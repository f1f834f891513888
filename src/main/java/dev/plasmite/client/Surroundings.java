package dev.plasmite.client;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What is around the train: the machine's variables, its user's home, and the logins that the build tool keeps. All that
 * the train knows of services and credentials outside comes from here; nothing of it is passed on as a whole.
 *
 * @param environment the variables of this process
 * @param home the user's home, where the clients' own configuration is
 * @param servers logins of Maven's settings, decrypted, by server id
 */
public record Surroundings(Map<String, String> environment, Path home, Map<String, Login> servers) {

  public Surroundings {
    environment = Map.copyOf(environment);
    servers = Map.copyOf(servers);
  }

  /** Those of this process, without any login. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(System.getenv(), Path.of(System.getProperty("user.home")), Map.of());
  }

  /** The first of some variables that is there and not blank. */
  public Optional<String> variable(Collection<String> names) {
    return names.stream().map(environment::get).filter(v -> v != null && !v.isBlank()).findFirst();
  }

  /** A variable that is there and not blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  /** Shows no variable and no login. */
  @Override
  public String toString() {
    return "Surroundings of " + home;
  }
}
