package dev.plasmite.train;

import dev.plasmite.client.Login;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.SecretNames;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Finds the credential of a channel: in Maven's settings when the POM says so, else where its client's users have it. */
final class OutsideLogins {

  /** What is shorter than this under a name that only sounds like a secret's is a switch: taken out, it would take text with it. */
  private static final int SWITCH = 8;

  private final Surroundings around;
  private final List<String> found = new CopyOnWriteArrayList<>(); // channels are opened and told about side by side
  private final Map<String, Finding> lacking = new ConcurrentHashMap<>();

  OutsideLogins(Surroundings around) {
    this.around = around;
    around.environment().forEach(
        (name, value) -> {
          if (SecretNames.credential(name) || SecretNames.matches(name) && value.length() >= SWITCH) {
            seen(value);
          } else if (name.toUpperCase(Locale.ROOT).endsWith("_PROXY")) {
            password(value).ifPresent(this::seen);
          }
        });
    around.servers().values().forEach(login -> seen(login.secret().reveal()));
  }

  /** Notes a secret, so that none of it is shown. */
  void seen(String secret) {
    if (!secret.isBlank() && !found.contains(secret)) {
      found.add(secret);
    }
  }

  /** The token of GitHub's own tools. */
  Optional<Login> github() {
    return variables("GITHUB_TOKEN", "GH_TOKEN").get();
  }

  /** A channel's login, if its secret can be sent in a header: else it was copied with what surrounds it, and is none. */
  Optional<Login> printable(ChannelPlan channel, Optional<Login> login) {
    Optional<Login> good = login.filter(l -> l.secret().reveal().chars().allMatch(c -> c > ' ' && c < 0x7f));
    if (login.isPresent() && good.isEmpty()) {
      lacking.put(
          channel.name(),
          Finding.of("the credential for " + ChannelNames.shown(channel.name()) + " holds a space, a line break or a sign that no token has")
              .remedy("copy it again, without what surrounds it"));
    }
    return good;
  }

  /** Why a channel that was asked for has no login, where that is known. */
  List<Finding> lacking(ChannelPlan channel) {
    return Optional.ofNullable(lacking.get(channel.name())).map(List::of).orElse(List.of());
  }

  /**
   * The credential of a channel. It has none when the POM names a server that Maven's settings lack, whatever else there
   * is; {@link #lacking} then says so.
   *
   * @param usual where it is when the POM names no server, the first that has one
   */
  Optional<Login> of(ChannelPlan channel, List<Supplier<Optional<Login>>> usual) {
    String server = channel.settings().get("server");
    Optional<Login> login;
    if (server == null) {
      login = usual.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
    } else {
      login = Optional.ofNullable(around.servers().get(server));
      if (login.isEmpty()) {
        lacking.put(
            channel.name(),
            Finding.of("channel " + ChannelNames.shown(channel.name()) + ": Maven's settings have no server '" + server + "' with a password")
                .remedy("add <server><id>" + server + "</id><password>${env.VARIABLE}</password></server> to settings.xml"));
      }
    }
    login.ifPresent(l -> seen(l.secret().reveal()));
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
