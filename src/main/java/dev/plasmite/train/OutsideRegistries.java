package dev.plasmite.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.ArtifactInspector;
import dev.plasmite.channel.Endpoint;
import dev.plasmite.client.Asking;
import dev.plasmite.client.CargoConfiguration;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Login;
import dev.plasmite.client.NpmConfiguration;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the package registries are: as the POM names them, else as their clients are set up. No registry's address is
 * written down here; a client that does not tell one leaves it to the POM.
 */
final class OutsideRegistries {

  private static final int MOST = 1024 * 1024;

  private final Asking asking;
  private final Fetch fetch;
  private final OutsideLogins logins;
  private final List<Artifact> artifacts;
  private final ArtifactInspector inspector;
  private final boolean sending;

  /**
   * Makes it.
   *
   * @param sending whether something is to be sent, which takes a credential; to read takes none
   */
  OutsideRegistries(
      Asking asking, Fetch fetch, OutsideLogins logins, List<Artifact> artifacts, SemVer version, boolean sending) {
    this.asking = asking;
    this.fetch = fetch;
    this.logins = logins;
    this.artifacts = artifacts;
    this.inspector = new ArtifactInspector(ArchiveLimits.usual(), version);
    this.sending = sending;
  }

  /**
   * One registry.
   *
   * @throws Refusal for what the maintainer must say
   * @throws OutsideFailure when a client does not tell
   */
  Endpoint of(ChannelPlan channel) {
    return switch (channel.name()) {
      case "crates.io" -> crates(channel);
      case "npm" -> npm(channel);
      case "pypi" -> new OutsidePyPi(asking, logins, sending).of(channel);
      default -> throw new IllegalArgumentException("no registry for " + channel.name());
    };
  }

  private Endpoint npm(ChannelPlan channel) {
    NpmConfiguration npm = NpmConfiguration.ask(asking);
    String given = channel.settings().get("endpoint");
    String address = given != null ? given : npm.registry().orElseThrow(() -> unsaid(channel, "npm", "endpoint"));
    URI api = OutsideAddresses.slashed(OutsideAddresses.of(given != null ? "<endpoint>" : "npm's configuration", address));
    if (given == null) {
      for (String name : names(Kind.NPM)) {
        String scope = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
        npm.registryOf(scope)
            .map(other -> OutsideAddresses.slashed(OutsideAddresses.of("npm's configuration for " + scope, other)))
            .filter(other -> !other.equals(api))
            .ifPresent(
                other -> {
                  throw new Refusal(
                      Finding.of("npm is set up with one registry for " + scope + " and another for everything else, so where " + name + " goes is not clear")
                          .remedy("say it: <channel><endpoint> of channel npm"));
                });
      }
    }
    URI index = index(channel).map(OutsideAddresses::slashed).orElse(api);
    Login login = login(channel,
        List.of(logins.variables("NODE_AUTH_TOKEN", "NPM_TOKEN"), () -> npm.token(api).map(Login::token)));
    return new Endpoint(api, index, login.secret());
  }

  private Endpoint crates(ChannelPlan channel) {
    CargoConfiguration cargo = CargoConfiguration.of(asking.around());
    String given = channel.settings().get("index");
    String name = given != null ? cargo.nameOf(given).orElse("") : cargo.registry();
    if (given == null && name.equals(CargoConfiguration.CRATES_IO)) {
      CargoConfiguration.CratesIo known = CargoConfiguration.cratesIo(asking, names(Kind.CRATE).stream().findFirst().orElse("cargo"));
      URI api = api(known.index());
      if (!api.toString().equals(known.api())) {
        throw new OutsideFailure("cargo's own index of crates.io and the one at " + known.host() + " name different places to publish to");
      }
      return new Endpoint(api, URI.create(known.index()), token(channel, cargo, name).secret(), "", Optional.of(name));
    }
    String index = given != null ? given : cargo.index(name).orElseThrow(() -> unsaid(channel, "cargo", "index"));
    if (!index.startsWith("sparse+")) {
      throw new Refusal(
          Finding.of("the index of registry " + (name.isEmpty() ? "<index>" : "'" + name + "'") + " is not a sparse one, so what it holds cannot be asked over HTTP")
              .remedy("name the sparse index: sparse+https://HOST/PATH/"));
    }
    URI api = api(index);
    return new Endpoint(api, URI.create(index), token(channel, cargo, name).secret());
  }

  private Login token(ChannelPlan channel, CargoConfiguration cargo, String registry) {
    return login(channel,
        List.of(
            () -> registry.isEmpty() ? Optional.empty() : cargo.token(registry).map(Login::token),
            // The variable is crates.io's; for another registry it counts when the POM has named that one.
            () -> channel.settings().containsKey("index") ? logins.variables("CARGO_REGISTRY_TOKEN").get() : Optional.empty()));
  }

  /** Where an index says that publishing goes (the Cargo book, "Index Configuration"). */
  private URI api(String index) {
    URI config = OutsideAddresses.slashed(OutsideAddresses.of("cargo's index", index)).resolve("config.json");
    try (Fetch.Answer answer = fetch.get(config, Map.of())) {
      if (answer.status() != 200) {
        throw new OutsideFailure(config + " answers with status " + answer.status());
      }
      JsonNode json = StrictJson.mapper().readTree(answer.body().readNBytes(MOST));
      String api = json == null ? "" : json.path("api").asText();
      if (api.isEmpty()) {
        throw new OutsideFailure(config + " names no place to publish to");
      }
      return OutsideAddresses.of("the index's config.json", api);
    } catch (JsonProcessingException e) {
      throw new OutsideFailure(config + " is no JSON");
    } catch (IOException e) {
      throw new OutsideFailure("the answer of " + config.getAuthority() + " broke off", e);
    }
  }

  /** None at all where there is none: the channel's preflight says so, with all else that it finds. */
  private Login login(ChannelPlan channel, List<Supplier<Optional<Login>>> usual) {
    return sending ? logins.of(channel, usual).orElseGet(() -> Login.token("")) : Login.token("");
  }

  private static Optional<URI> index(ChannelPlan channel) {
    return Optional.ofNullable(channel.settings().get("index")).map(i -> OutsideAddresses.of("<index>", i));
  }

  private List<String> names(Kind kind) {
    return artifacts.stream()
        .filter(a -> a.kind() == kind)
        .flatMap(a -> inspector.inspect(a.kind(), a.path()).identity().name().stream())
        .toList();
  }

  private static Refusal unsaid(ChannelPlan channel, String client, String parameter) {
    return new Refusal(
        Finding.of(client + " does not tell where its registry is")
            .remedy("say it: <channel><" + parameter + "> of channel " + ChannelNames.shown(channel.name())));
  }
}
