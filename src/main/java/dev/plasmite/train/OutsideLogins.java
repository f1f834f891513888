package dev.plasmite.train;

import dev.plasmite.client.Login;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the credential of a channel: in Maven's settings when the POM says so, else where its client's users have it. */
final class OutsideLogins {

  /** Variables that hold credentials, wherever else these come from. */
  private static final List<String> VARIABLES =
      List.of(
          "CARGO_REGISTRY_TOKEN", "NODE_AUTH_TOKEN", "NPM_TOKEN", "TWINE_PASSWORD", "UV_PUBLISH_TOKEN", "UV_PUBLISH_PASSWORD",
          "GITHUB_TOKEN", "GH_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");

  private final Surroundings around;
  private final List<String> found = new ArrayList<>();

  OutsideLogins(Surroundings around) {
    this.around = around;
    VARIABLES.forEach(name -> around.variable(name).ifPresent(found::add));
    around.environment().forEach(
        (name, value) -> {
          if (name.matches("CARGO_REGISTRIES_.*_TOKEN")) {
            found.add(value);
          } else if (name.toUpperCase(java.util.Locale.ROOT).endsWith("_PROXY")) {
            password(value).ifPresent(found::add);
          }
        });
    around.servers().values().forEach(login -> found.add(login.secret().reveal()));
  }

  /**
   * The credential of a channel.
   *
   * @param usual where it is when the POM names no server, the first that has one
   * @throws Refusal when the POM names a server that Maven's settings do not have
   */
  Optional<Login> of(ChannelPlan channel, List<Supplier<Optional<Login>>> usual) {
    String server = channel.settings().get("server");
    Optional<Login> login;
    if (server == null) {
      login = usual.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
    } else {
      login = Optional.ofNullable(around.servers().get(server));
      if (login.isEmpty()) {
        throw new Refusal(
            Finding.of("channel " + ChannelNames.shown(channel.name()) + ": Maven's settings have no server '" + server + "' with a password")
                .remedy("add <server><id>" + server + "</id><password>${env.VARIABLE}</password></server> to settings.xml"));
      }
    }
    login.ifPresent(l -> found.add(l.secret().reveal()));
    return login;
  }

  /** The first of some variables, as a token. */
  Supplier<Optional<Login>> variables(String... names) {
    // What setup actions write into a variable that has no token yet is none.
    return () -> around.variable(List.of(names)).filter(v -> !v.matches("X{5}(-X{5})*")).map(Login::token);
  }

  /** All secrets seen until now, for redaction. */
  List<String> secrets() {
    return List.copyOf(found);
  }

  private static Optional<String> password(String proxy) {
    try {
      String info = URI.create(proxy).getRawUserInfo();
      return Optional.ofNullable(info).filter(i -> i.contains(":")).map(i -> i.substring(i.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.of(proxy); // not an address: then none of it is shown
    }
  }
}
