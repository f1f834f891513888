package dev.plasmite.train;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Login;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Registries that somebody runs on this machine and wants in the sandbox in place of its own: a channel's {@code
 * <endpoint>} (and {@code <index>}) on the loopback address. Any other address belongs to the real services and is not used
 * here, which is said. No credential is used but that of the {@code <server>} that the channel names.
 *
 * @param channels of the plan
 * @param servers logins of Maven's settings, by id
 */
record OwnRegistries(List<ChannelPlan> channels, Map<String, Login> servers) {

  /** The registry of a channel, when it has one of its own here. */
  Optional<Endpoint> of(ChannelPlan channel) {
    boolean registry = channel.name().equals("npm") || channel.name().equals("pypi");
    Optional<URI> endpoint = registry ? here(channel, "endpoint") : Optional.empty();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> index = here(channel, "index");
    if (channel.name().equals("pypi") && index.isEmpty()) {
      throw new Refusal(
          Finding.of("channel PyPI names an <endpoint> on this machine, and where its index is is not said")
              .remedy("write <index>http://127.0.0.1:PORT/simple/</index> beside it"));
    }
    Login login =
        Optional.ofNullable(channel.settings().get("server"))
            .map(servers::get)
            .orElseThrow(
                () ->
                    new Refusal(
                        Finding.of("channel " + ChannelNames.shown(channel.name()) + " names a registry on this machine, and no credential for it")
                            .remedy("name a <server> of Maven's settings in <channel>: credentials of the real registry are not used here")));
    URI api = channel.name().equals("npm") ? OutsideAddresses.slashed(endpoint.get()) : endpoint.get();
    return Optional.of(
        new Endpoint(api, index.map(OutsideAddresses::slashed).orElse(api), login.secret(), login.user(), Optional.empty()));
  }

  /** What the channels say of where they are and the sandbox does not go by, a warning each. */
  List<Finding> unused() {
    List<Finding> unused = new ArrayList<>();
    for (ChannelPlan channel : channels) {
      if (of(channel).isEmpty()) {
        for (String setting : List.of("endpoint", "index")) {
          Optional.ofNullable(channel.settings().get(setting)).ifPresent(address -> unused.add(unused(channel, setting, address.replaceFirst("//[^/@]*@", "//"))));
        }
      }
    }
    return unused;
  }

  private static Finding unused(ChannelPlan channel, String setting, String address) {
    String what = "<" + setting + ">" + address + "</" + setting + "> of channel " + ChannelNames.shown(channel.name()) + " is not used in the sandbox";
    return Finding.warning(what + ": it has a registry of its own there")
        .remedy("it counts in rehearsal and live; in the sandbox only npm and PyPI may be elsewhere, as <endpoint>http://127.0.0.1:PORT/</endpoint>");
  }

  /** The credentials that may turn up in what clients say. */
  Stream<String> secrets() {
    return channels.stream().flatMap(channel -> of(channel).stream()).map(Endpoint::credential).map(Secret::reveal);
  }

  /**
   * An address on this machine.
   *
   * @throws Refusal for a name that may be this machine's: what it leads to is decided elsewhere
   */
  private static Optional<URI> here(ChannelPlan channel, String setting) {
    Optional<URI> address =
        Optional.ofNullable(channel.settings().get(setting)).map(a -> URI.create(a.replaceFirst("^sparse\\+", ""))); // the configuration has taken it for one
    if (address.filter(uri -> uri.getHost() != null && uri.getHost().matches("(?i)(.+[.])?localhost[.]?")).isPresent()) {
      throw new Refusal(
          Finding.of("channel " + ChannelNames.shown(channel.name()) + ": <" + setting + "> goes by the name " + address.get().getHost() + ", and the sandbox goes by addresses only")
              .remedy("write 127.0.0.1 for it, if that is what is meant"));
    }
    return address.filter(uri -> "127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost()));
  }
}
