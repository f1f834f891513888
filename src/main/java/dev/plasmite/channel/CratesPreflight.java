package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What crates.io can be asked about a token and a crate before anything is sent. Its "me" endpoint refuses every API token
 * with the same status; only the words tell a token that it knows, whatever its scopes, from one that it does not.
 */
final class CratesPreflight {

  /** What a known token is answered, whatever its scopes. */
  private static final String KNOWN = "can only be performed on the crates.io website";

  /** What a known token with other scopes is answered, by registries that look at these first. */
  private static final String LIMITED = "does not have the required permissions";

  private static final String LOCKED = "account is";

  /** What an unknown token is answered: a wrong, an expired and a revoked one alike; and none at all. */
  private static final List<String> UNKNOWN = List.of("authentication failed", "requires authentication");

  /** What the tokens of trusted publishing begin with. The "me" endpoint does not know them. */
  private static final String TRUSTED_PUBLISHING = "cio_tp_";

  private final ChannelPlan plan;
  private final Endpoint endpoint;
  private final HttpReading http;

  CratesPreflight(ChannelPlan plan, Endpoint endpoint, HttpReading http) {
    this.plan = plan;
    this.endpoint = endpoint;
    this.http = http;
  }

  /** All that stands against publishing these crates with this token. */
  List<Finding> findings(List<String> crates) {
    List<Finding> findings = new ArrayList<>(Credential.token("crates.io", endpoint.credential()));
    if (findings.isEmpty()) {
      findings.addAll(token());
    }
    crates.forEach(crate -> findings.addAll(name(crate)));
    return findings;
  }

  private List<Finding> token() {
    if (endpoint.credential().reveal().startsWith(TRUSTED_PUBLISHING)) {
      return List.of(
          Unproven.of(
              plan,
              "that crates.io still knows this token of trusted publishing, which lives for half an hour: it answers that to an upload only",
              "let the workflow get the token right before the train"));
    }
    HttpReading.Answer answer = http.ask(api("me"), authorization());
    String said = answer.body();
    if (answer.status() == 200 || answer.status() == 403 && (said.contains(KNOWN) || said.contains(LIMITED))) {
      return List.of(
          Unproven.of(
              plan,
              "crates.io knows the token, and says neither what it may publish (its scopes) nor when it expires",
              "look at the token's scopes and date in your account there"));
    }
    if (answer.status() == 403 && said.contains(LOCKED)) {
      return List.of(Finding.of("crates.io has locked the account of this token").remedy("ask its team for help"));
    }
    if (answer.status() == 404) {
      return List.of(Unproven.of(plan, "this registry has no way to ask whether it knows the token", "look at the registry's page of tokens"));
    }
    boolean refused = answer.status() == 401 || answer.status() == 403 && UNKNOWN.stream().anyMatch(said::contains);
    return List.of(refused ? Credential.refused("crates.io") : Credential.unclear("crates.io", "whether it knows the token", answer.status()));
  }

  private List<Finding> name(String crate) {
    HttpReading.Answer answer = http.ask(api("crates/" + crate), Map.of());
    if (answer.status() == 404) {
      return List.of(); // free
    }
    if (answer.status() != 200) {
      return List.of(Credential.unclear("crates.io", "who has the name " + crate, answer.status()));
    }
    JsonNode there = http.parse(api("crates/" + crate), answer.body()).path("crate");
    String taken = there.path("name").asText(there.path("id").asText(crate));
    if (!taken.equals(crate)) {
      return List.of(
          Finding.of("the name " + crate + " is taken on crates.io as " + taken + ": names that differ in -, _ or case only are one name")
              .remedy("write the name as it is there, or choose another"));
    }
    return owners(crate);
  }

  private List<Finding> owners(String crate) {
    URI uri = api("crates/" + crate + "/owners");
    HttpReading.Answer answer = http.ask(uri, authorization());
    if (answer.status() != 200) {
      return List.of(Credential.unclear("crates.io", "for the owners of " + crate, answer.status()));
    }
    TreeSet<String> owners = new TreeSet<>();
    boolean teams = false;
    for (JsonNode user : http.parse(uri, answer.body()).path("users")) {
      owners.add(user.path("login").asText().toLowerCase(Locale.ROOT));
      teams |= user.path("kind").asText().equals("team");
    }
    String owner = plan.settings().get("owner");
    String all = String.join(", ", owners);
    if (owner == null) {
      return List.of(
          Unproven.of(
              plan,
              "that the token is of an owner of the crate " + crate + ", who are: " + all,
              "set <owner> to the one whom the token belongs to: then a crate of somebody else is refused"));
    }
    if (owners.contains(owner.toLowerCase(Locale.ROOT))) {
      return List.of();
    }
    return List.of(
        teams
            ? Unproven.of(
                plan,
                "that " + owner + " is in a team that owns the crate " + crate + ": crates.io names its owners (" + all + ") and not who is in a team",
                "look at the team's members")
            : Finding.of(owner + " is no owner of the crate " + crate + " on crates.io, who are: " + all)
                .remedy("let an owner invite them: cargo owner --add " + owner + " " + crate));
  }

  /** crates.io wants the bare token. */
  private Map<String, String> authorization() {
    String token = endpoint.credential().reveal();
    return token.isBlank() || !Credential.token("crates.io", endpoint.credential()).isEmpty() ? Map.of() : Map.of("Authorization", token);
  }

  private URI api(String rest) {
    return URI.create(endpoint.api().toString().replaceFirst("/$", "") + "/api/v1/" + rest);
  }
}
