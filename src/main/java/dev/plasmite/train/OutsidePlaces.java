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
import dev.plasmite.github.GitHubClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The real services of a release. All that cannot be found out about any of them is told together. */
final class OutsidePlaces implements Places {

  private final ReleasePlan plan;
  private final Map<String, Endpoint> registries = new LinkedHashMap<>();
  private final Map<String, URI> taps = new LinkedHashMap<>();
  private final GitHubChannel.Notes notes;
  private final URI githubApi;
  private GitHubClient github;

  /**
   * Finds them.
   *
   * @param sending whether something is to be sent, which takes credentials
   * @throws Refusal with a finding for each channel that cannot be reached as things are set up
   */
  OutsidePlaces(
      ReleasePlan plan, Surroundings around, OutsideLogins logins, OutsideRegistries found, EffectGate effects,
      GitHubChannel.Notes notes, boolean sending) {
    this.plan = plan;
    this.notes = notes;
    List<Finding> findings = new ArrayList<>();
    this.githubApi = githubApi(plan, around, findings);
    for (ChannelPlan channel : plan.channels()) {
      try {
        switch (channel.name()) {
          case "github" -> {
            Optional<Login> token = logins.of(channel, List.of(logins.variables("GITHUB_TOKEN", "GH_TOKEN")));
            if (sending && token.isEmpty()) {
              findings.add(Finding.of("channel GitHub Releases has no credential").remedy("set GITHUB_TOKEN or GH_TOKEN; or name a <server> of Maven's settings in <channel>"));
            }
            if (plan.candidate().repository().isEmpty()) {
              findings.add(Finding.of("which repository the GitHub release belongs to is not said").remedy("write <githubRepository>owner/name</githubRepository>"));
            }
            github = new GitHubClient(githubApi, token.map(l -> l.secret().reveal()), effects);
          }
          case "homebrew" -> taps.put(channel.name(), tap(channel.settings().get("tap")));
          default -> registries.put(channel.name(), found.of(channel));
        }
      } catch (Refusal e) {
        findings.addAll(e.findings());
      } catch (OutsideFailure e) {
        findings.add(
            Finding.unknown("cannot find out where " + ChannelNames.shown(channel.name()) + " is: " + e.getMessage())
                .remedy("mend what the client says, or name the place in <channel>"));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  /** GitHub's API, as GitHub's own tools find it. */
  static URI githubApi(ReleasePlan plan, Surroundings around, List<Finding> findings) {
    String given =
        plan.channels().stream()
            .filter(c -> c.name().equals("github"))
            .flatMap(c -> Optional.ofNullable(c.settings().get("endpoint")).stream())
            .findFirst()
            .or(() -> around.variable("GITHUB_API_URL"))
            .orElse("https://api.github.com");
    try {
      return OutsideAddresses.of("GITHUB_API_URL or <endpoint>", given);
    } catch (Refusal e) {
      findings.addAll(e.findings());
      return URI.create("https://api.github.com");
    }
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

  /** A tap as git users write it: a URL, {@code git@host:path}, or a path. */
  private URI tap(String given) {
    if (given.contains("://")) {
      try {
        URI uri = URI.create(given);
        return "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) ? OutsideAddresses.of("<tap>", given) : uri;
      } catch (IllegalArgumentException e) {
        throw new Refusal(Finding.of("<tap> is no address").remedy("write https://HOST/PATH, ssh://git@HOST/PATH or a path"));
      }
    }
    if (given.matches("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^/\\\\].*")) {
      return URI.create("ssh://" + given.replaceFirst(":", "/").replace(" ", "%20"));
    }
    return plan.repository().resolve(given).normalize().toUri();
  }
}
