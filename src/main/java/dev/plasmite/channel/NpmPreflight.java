package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.version.SemVer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an npm registry can be asked before anything is sent (the npm registry's "Public Registry API" and "Package
 * Metadata"): whose the token is, who may write to the package, whether the version was ever used, and whether the dist-tag
 * may be moved to it.
 */
final class NpmPreflight {

  private static final String NPM = "npm";

  private final ChannelPlan plan;
  private final Endpoint endpoint;
  private final HttpReading http;
  private final SemVer version;

  NpmPreflight(ChannelPlan plan, Endpoint endpoint, HttpReading http, SemVer version) {
    this.plan = plan;
    this.endpoint = endpoint;
    this.http = http;
    this.version = version;
  }

  /**
   * What stands against this token's publishing.
   *
   * @param packages where the registry describes each package of the release
   */
  List<Finding> right(Map<String, URI> packages) {
    List<Finding> findings = new ArrayList<>(Credential.token(NPM, endpoint.credential()));
    Optional<String> user = findings.isEmpty() && !packages.isEmpty() ? user(findings) : Optional.empty();
    user.ifPresent(
        u ->
            packages.forEach(
                (name, packument) ->
                    findings.addAll(described(packument).map(there -> right(u, name, packument, there)).orElseGet(() -> scope(u, name)))));
    return findings;
  }

  /** What stands against publishing a package under a dist-tag, whoever does it. */
  List<Finding> state(String name, URI packument, DistTag tag) {
    Optional<JsonNode> there = described(packument);
    List<Finding> findings = new ArrayList<>();
    there.ifPresent(described -> used(name, described, findings));
    if (there.isEmpty() || !there.get().path("versions").has(version.toString())) {
      findings.addAll(tag.findings(name, version, there.map(described -> described.path("dist-tags")).orElse(MissingNode.getInstance())));
    }
    return findings;
  }

  /** The package as the registry has it; nothing for a new one. */
  private Optional<JsonNode> described(URI packument) {
    return http.json(packument, Map.of("Accept", "application/json", "Cache-Control", "no-cache"));
  }

  /** A restricted token may be good for publishing and not for this question: that is 403, not 401. */
  private Optional<String> user(List<Finding> findings) {
    URI uri = endpoint.api().resolve("-/whoami");
    HttpReading.Answer answer = http.ask(uri, authorization());
    switch (answer.status()) {
      case 200 -> {
        findings.add(
            Unproven.of(
                plan,
                "npm knows the token, and says neither what it may do nor when it expires, nor whether it will ask for a one-time password",
                "look at the token's page in your account there: it must be allowed to read and write, and to bypass two-factor"));
        return Optional.of(http.parse(uri, answer.body()).path("username").asText());
      }
      case 401 -> findings.add(Credential.refused(NPM));
      case 403, 404 ->
          findings.add(Unproven.of(plan, "npm does not say whose this token is", "look at the token's page in your account there"));
      default -> findings.add(Credential.unclear(NPM, "whose the token is", answer.status()));
    }
    return Optional.empty();
  }

  /** A number is used once: one that was removed stays used, and a package that was removed whole is blocked for a day. */
  private void used(String name, JsonNode packument, List<Finding> findings) {
    JsonNode time = packument.path("time");
    boolean removed = time.path("unpublished").isObject();
    if (removed || time.has(version.toString()) && !packument.path("versions").has(version.toString())) {
      findings.add(
          Finding.of(name + "@" + version + " was on npm once and was removed: the number cannot be used again")
              .remedy("raise the version and release that one"));
    }
  }

  private List<Finding> right(String user, String name, URI packument, JsonNode there) {
    URI uri = endpoint.api().resolve("-/package/" + packument.getRawPath().replaceFirst(".*/", "") + "/collaborators");
    HttpReading.Answer answer = http.ask(uri, authorization());
    if (answer.status() == 200) {
      String may = http.parse(uri, answer.body()).path(user).asText("");
      return may.contains("write")
          ? List.of()
          : List.of(
              Finding.of("the token is of the npm user " + user + ", who may " + (may.isEmpty() ? "nothing" : "only " + may) + " with " + name)
                  .remedy("let an owner invite them: npm owner add " + user + " " + name));
    }
    for (JsonNode maintainer : there.path("maintainers")) {
      if (maintainer.path("name").asText().equals(user)) {
        return List.of();
      }
    }
    return List.of(
        Unproven.of(
            plan,
            "that the npm user " + user + " may publish " + name + ": they are not among its maintainers, and npm does not list its collaborators (status "
                + answer.status() + ")",
            "npm access list collaborators " + name));
  }

  private List<Finding> scope(String user, String name) {
    boolean own = !name.startsWith("@") || name.startsWith("@" + user + "/");
    return own
        ? List.of()
        : List.of(
            Unproven.of(
                plan,
                name + " is new on npm, and only publishing shows whether the user " + user + " may add packages to " + name.replaceFirst("/.*", ""),
                "npm org ls " + name.substring(1).replaceFirst("/.*", "")));
  }

  private Map<String, String> authorization() {
    return Map.of("Authorization", "Bearer " + endpoint.credential().reveal());
  }
}
