package dev.plasmite.train;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.sandbox.ScratchClone;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * The sandbox's registries, stand-in and tap, all on this machine.
 *
 * @param world the sandbox, open
 * @param own registries that stand in for the sandbox's
 * @param copy the scratch clone, with the tap's copy
 * @param github a client of the stand-in
 * @param githubRepository {@code owner/name}
 * @param notes what the release says
 */
record SandboxPlaces(
    SandboxWorld world,
    OwnRegistries own,
    ScratchClone copy,
    GitHubClient github,
    String githubRepository,
    GitHubChannel.Notes notes)
    implements Places {

  @Override
  public Endpoint registry(ChannelPlan channel) {
    return own.of(channel).orElseGet(() -> embedded(channel));
  }

  private Endpoint embedded(ChannelPlan channel) {
    return switch (channel.name()) {
      case SandboxWorld.CRATES -> endpoint(world.crates().base(), world.crates().index(), SandboxWorld.CRATES);
      case SandboxWorld.NPM -> endpoint(slashed(world.npm().base()), slashed(world.npm().base()), SandboxWorld.NPM);
      case SandboxWorld.PYPI -> endpoint(world.pypi().upload(), slashed(world.pypi().simple()), SandboxWorld.PYPI);
      default -> throw new IllegalArgumentException("no registry for " + channel.name());
    };
  }

  @Override
  public URI githubApi() {
    return world.github().base();
  }

  @Override
  public URI tap(ChannelPlan channel) {
    return copy.tap().orElseThrow().toUri();
  }

  /** A formula points at GitHub; here its files are read from the stand-in. */
  @Override
  public UnaryOperator<URI> formulaUrls() {
    URI web = world.github().web();
    return uri -> "github.com".equals(uri.getHost()) ? URI.create(web + uri.getRawPath()) : uri;
  }

  @Override
  public boolean onePlatform() {
    return true;
  }

  private Endpoint endpoint(URI api, URI index, String channel) {
    return new Endpoint(api, index, new Secret(world.token(channel)));
  }

  private static URI slashed(URI uri) {
    return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
  }
}
