package dev.plasmite.train;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Asking;
import dev.plasmite.client.Login;
import dev.plasmite.client.PythonConfiguration;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where PyPI is, and how it is entered: as the POM says, else as the client that uploads is set up. That is twine with its
 * variables and {@code .pypirc} (twine's documentation, "Configuration"), or uv with its variables (uv's documentation,
 * "Publishing your package"); neither reads the other's.
 */
final class OutsidePyPi {

  private static final String TOKEN_USER = "__token__";

  private final Asking asking;
  private final PythonConfiguration python;
  private final OutsideLogins logins;
  private final boolean sending;

  /**
   * Makes it.
   *
   * @param sending whether something is to be sent, which takes a credential; to read takes none
   */
  OutsidePyPi(Asking asking, OutsideLogins logins, boolean sending) {
    this.asking = asking;
    this.python = new PythonConfiguration(asking);
    this.logins = logins;
    this.sending = sending;
  }

  /**
   * A place to upload to.
   *
   * @param usual whether it is the one that everybody uses
   * @param login what the client's own file has for it
   */
  private record Place(URI api, boolean usual, Optional<Login> login) {}

  /**
   * The index.
   *
   * @throws Refusal for what the maintainer must say
   * @throws OutsideFailure when a client does not tell
   */
  Endpoint of(ChannelPlan channel) {
    boolean uv = uv(channel);
    Optional<URI> endpoint = setting(channel, "endpoint");
    Place place = endpoint.map(api -> new Place(api, false, uv || !sending ? Optional.empty() : python.login(api))).orElseGet(() -> uv ? byUv(channel) : byTwine());
    URI index = setting(channel, "index").filter(given -> endpoint.isPresent()).orElseGet(() -> index(channel, place, uv ? "uv" : "twine"));
    Login login = sending ? logins.of(channel, uv ? ofUv() : ofTwine(place)).orElseGet(() -> Login.token("")) : Login.token("");
    return new Endpoint(
        place.api(), OutsideAddresses.slashed(index), login.secret(), login.user().isEmpty() ? TOKEN_USER : login.user(), Optional.empty());
  }

  /** As the channel uploads: with what it names, else with twine where that is, else with uv. */
  private boolean uv(ChannelPlan channel) {
    String client = channel.settings().getOrDefault("client", "");
    return client.equals("uv") || client.isEmpty() && !python.hasTwine();
  }

  private Place byTwine() {
    PythonConfiguration.Repository repository = python.repository();
    return new Place(OutsideAddresses.of("twine's configuration", repository.address()), repository.usual(), repository.login());
  }

  /** uv knows by itself where PyPI is and does not tell; twine tells, where it is there. */
  private Place byUv(ChannelPlan channel) {
    Optional<String> variable = asking.around().variable("UV_PUBLISH_URL");
    if (variable.isPresent()) {
      return new Place(OutsideAddresses.of("UV_PUBLISH_URL", variable.get()), false, Optional.empty());
    }
    String usual =
        python.usualRepository().orElseThrow(
            () ->
                new Refusal(
                    Finding.of("uv does not tell where its registry is")
                        .remedy("say it: <channel><endpoint> of channel " + ChannelNames.shown(channel.name()) + ", or UV_PUBLISH_URL")));
    return new Place(OutsideAddresses.of("twine", usual), true, Optional.empty());
  }

  /** Where it is read from. What arrives must be seen: with one side set up, the other must be at the same place, or be named. */
  private URI index(ChannelPlan channel, Place place, String client) {
    Optional<URI> given = setting(channel, "index");
    PythonConfiguration.Index reading = given.isPresent() ? new PythonConfiguration.Index(given.get().toString(), false) : python.index();
    URI index = OutsideAddresses.of("pip's configuration", reading.address());
    boolean both = place.usual() && reading.usual();
    if (!both && !String.valueOf(place.api().getAuthority()).equals(index.getAuthority())) {
      throw new Refusal(
          Finding.of(client + " sends to " + place.api().getAuthority() + " and pip reads from " + index.getAuthority() + ", so that what arrives could not be seen")
              .remedy("name both: <channel><endpoint> and <index> of channel pypi"));
    }
    return index;
  }

  private List<Supplier<Optional<Login>>> ofUv() {
    return List.of(logins.variables("UV_PUBLISH_TOKEN"), () -> password("UV_PUBLISH_PASSWORD", "UV_PUBLISH_USERNAME"));
  }

  private List<Supplier<Optional<Login>>> ofTwine(Place place) {
    return List.of(() -> password("TWINE_PASSWORD", "TWINE_USERNAME"), place::login);
  }

  private Optional<Login> password(String variable, String user) {
    return logins.variables(variable).get().map(l -> new Login(asking.around().variable(user).orElse(TOKEN_USER), l.secret()));
  }

  private static Optional<URI> setting(ChannelPlan channel, String name) {
    return Optional.ofNullable(channel.settings().get(name)).map(address -> OutsideAddresses.of("<" + name + ">", address));
  }
}
