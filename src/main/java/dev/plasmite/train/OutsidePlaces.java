package dev.plasmite.train;

import dev.plasmite.channel.Endpoint;
import dev.plasmite.channel.GitHubChannel;
import dev.plasmite.client.Login;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.Remote;
import dev.plasmite.github.GitHubClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The real services of a release. What cannot be found out about one of them stands against that channel alone, so that
 * the others are asked all the same, and all is told together.
 */
final class OutsidePlaces implements Places {

  /** What GitHub's own tools read when nothing says another address. */
  private static final String GITHUB_API = "https://api.github.com";

  /** The user of a token, where git asks for one. */
  private static final String TOKEN_USER = "x-access-token";

  private final ReleasePlan plan;
  private final Surroundings around;
  private final OutsideLogins logins;
  private final boolean sending;
  private final Map<String, Endpoint> registries = new LinkedHashMap<>();
  private final Map<String, URI> taps = new LinkedHashMap<>();
  private final Map<String, Credentials> tapCredentials = new LinkedHashMap<>();
  private final Map<String, List<Finding>> troubles = new LinkedHashMap<>();
  private final GitHubChannel.Notes notes;
  private final URI githubApi;
  private GitHubClient github;

  /**
   * Finds them.
   *
   * @param sending whether something is to be sent, which takes credentials
   */
  OutsidePlaces(
      ReleasePlan plan, Surroundings around, OutsideLogins logins, OutsideRegistries found, EffectGate effects,
      GitHubChannel.Notes notes, boolean sending) {
    this.plan = plan;
    this.around = around;
    this.logins = logins;
    this.sending = sending;
    this.notes = notes;
    List<Finding> wrong = new ArrayList<>();
    this.githubApi = githubApi(plan, around, wrong);
    for (ChannelPlan channel : plan.channels()) {
      List<Finding> findings = new ArrayList<>();
      try {
        switch (channel.name()) {
          case "github" -> {
            findings.addAll(wrong);
            github(channel, effects, findings);
          }
          case "homebrew" -> openTap(channel);
          case "cargo-binstall" -> repository(findings);
          default -> registries.put(channel.name(), found.of(channel));
        }
      } catch (Refusal e) {
        findings.addAll(e.findings());
      } catch (OutsideFailure e) {
        findings.add(
            Finding.unknown("cannot find out where " + ChannelNames.shown(channel.name()) + " is: " + e.getMessage())
                .remedy("mend what the client says, or name the place in <channel>"));
      }
      troubles.put(channel.name(), findings);
    }
  }

  private void github(ChannelPlan channel, EffectGate effects, List<Finding> findings) {
    Optional<Login> token = logins.printable(channel, logins.of(channel, List.of(() -> logins.github())));
    repository(findings);
    github = new GitHubClient(githubApi, token.map(l -> l.secret().reveal()), effects);
  }

  private void repository(List<Finding> findings) {
    if (plan.candidate().repository().isEmpty()) {
      findings.add(
          Finding.of("which repository the GitHub release belongs to is not said")
              .remedy("write <githubRepository>owner/name</githubRepository>"));
    }
  }

  /** A tap over HTTPS is entered by the POM's server, the environment's GitHub token, or what git's credential helper knows. */
  private void openTap(ChannelPlan channel) {
    URI tap = new TapPlace(plan.repository(), channel.settings().get("tap")).published();
    taps.put(channel.name(), tap);
    Optional<Credentials> credentials;
    if (channel.settings().containsKey("server")) {
      credentials =
          logins.of(channel, List.of())
              .map(l -> new Credentials(l.user().isEmpty() ? TOKEN_USER : l.user(), l.secret().reveal()));
    } else {
      Remote remote = new Remote("tap", tap.toString(), tap.toString());
      String git = plan.clients().getOrDefault("git", "git");
      credentials =
          sending
              ? OriginCredentials.forPushing(remote, around.environment(), plan.repository(), git)
              : OriginCredentials.forReading(remote, around.environment());
    }
    credentials.ifPresent(
        c -> {
          logins.seen(c.password());
          tapCredentials.put(channel.name(), c);
        });
  }

  /**
   * GitHub's API: as the POM names it, else as GitHub's own tools find it.
   *
   * @throws Refusal when what is given is no safe address
   */
  static URI githubApi(ReleasePlan plan, Map<String, String> environment) {
    String given =
        plan.channels().stream()
            .filter(c -> c.name().equals("github"))
            .flatMap(c -> Optional.ofNullable(c.settings().get("endpoint")).stream())
            .findFirst()
            .or(() -> Optional.ofNullable(environment.get("GITHUB_API_URL")).filter(url -> !url.isBlank()))
            .orElse(GITHUB_API);
    return OutsideAddresses.of("GITHUB_API_URL or <endpoint>", given);
  }

  /** The same for the channels: what is wrong is told among their findings. */
  private static URI githubApi(ReleasePlan plan, Surroundings around, List<Finding> findings) {
    try {
      return githubApi(plan, around.environment());
    } catch (Refusal e) {
      findings.addAll(e.findings());
      return URI.create(GITHUB_API);
    }
  }

  @Override
  public List<Finding> troubles(ChannelPlan channel) {
    return troubles.get(channel.name());
  }

  @Override
  public List<Finding> lacking(ChannelPlan channel) {
    return logins.lacking(channel);
  }

  @Override
  public Optional<Credentials> tapCredentials(ChannelPlan channel) {
    return Optional.ofNullable(tapCredentials.get(channel.name()));
  }

  @Override
  public Endpoint registry(ChannelPlan channel) {
    return registries.get(channel.name());
  }

  @Override
  public GitHubClient github() {
    return github;
  }

  @Override
  public URI githubApi() {
    return githubApi;
  }

  @Override
  public String githubRepository() {
    return plan.candidate().repository().orElseThrow();
  }

  @Override
  public GitHubChannel.Notes notes() {
    return notes;
  }

  @Override
  public URI tap(ChannelPlan channel) {
    return taps.get(channel.name());
  }

  @Override
  public UnaryOperator<URI> formulaUrls() {
    return UnaryOperator.identity();
  }

  @Override
  public boolean onePlatform() {
    return false;
  }
}
