package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the services answer about credentials, word by word as they do, and what the preflight makes of it. */
class CredentialAnswersTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String COMMIT = "c".repeat(40);

  private HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "404 {}");
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 {\"errors\":[{\"detail\":\"this action can only be performed on the crates.io website\"}]} | warning | unproven: crates.io knows the token",
        "403 {\"errors\":[{\"detail\":\"this token does not have the required permissions to perform this action\"}]} | warning | unproven: crates.io knows the token",
        "403 {\"errors\":[{\"detail\":\"authentication failed\"}]} | error | wrong, expired or revoked",
        "403 {\"errors\":[{\"detail\":\"this action requires authentication\"}]} | error | wrong, expired or revoked",
        "401 {\"errors\":[{\"detail\":\"The given API token does not match the format used by crates.io.\"}]} | error | wrong, expired or revoked",
        "403 {\"errors\":[{\"detail\":\"This account is indefinitely locked. Reason: x\"}]} | error | has locked the account",
        "403 <html>Request blocked</html> | unknown | status 403 when asked whether it knows the token",
        "200 {} | warning | unproven: crates.io knows the token",
        "404 {} | warning | no way to ask",
        "429 {} | unknown | status 429",
        "500 {} | unknown | status 500",
      })
  void cratesIoTellsAKnownTokenFromAnUnknownOneByItsWordsAlone(String answer, String severity, String what) {
    answers.put("/api/v1/me", answer);
    assertThat(crates("cio1234567890", Map.of(), List.of())).singleElement().satisfies(f -> {
      assertThat(f.severity().name()).isEqualToIgnoringCase(severity);
      assertThat(f.what()).contains(what);
    });
  }

  @Test
  void aTokenOfTrustedPublishingIsNotAskedAboutForItWouldBeCalledUnknown() {
    answers.put("/api/v1/me", "403 {\"errors\":[{\"detail\":\"authentication failed\"}]}");
    assertThat(crates("cio_tp_1234567890", Map.of(), List.of())).singleElement().satisfies(f -> assertThat(f.blocks()).isFalse());
    assertThat(crates("cio_tp_1234567890", Map.of("unproven", "refuse"), List.of())).singleElement().satisfies(f -> assertThat(f.blocks()).isTrue());
  }

  @Test
  void anOwnerWhoMayBeInATeamOfOwnersIsNotRefused() {
    answers.put("/api/v1/me", "200 {}");
    answers.put("/api/v1/crates/lamp", "200 {\"crate\":{\"id\":\"lamp\",\"name\":\"lamp\"}}");
    answers.put("/api/v1/crates/lamp/owners", "200 {\"users\":[{\"login\":\"ann\",\"kind\":\"user\"},{\"login\":\"github:lamp:core\",\"kind\":\"team\"}]}");
    assertThat(crates("cio1234567890", Map.of("owner", "bea"), List.of("lamp"))).noneMatch(Finding::blocks).anySatisfy(f -> assertThat(f.what()).contains("in a team"));
    answers.put("/api/v1/crates/lamp/owners", "200 {\"users\":[{\"login\":\"ann\",\"kind\":\"user\"}]}");
    assertThat(crates("cio1234567890", Map.of("owner", "bea"), List.of("lamp"))).anySatisfy(f -> assertThat(f.what()).contains("bea is no owner"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 {\"username\":\"ann\"} | 200 {\"ann\":\"write\"} | warning",
        "200 {\"username\":\"ann\"} | 200 {\"ann\":\"read\"} | error",
        "200 {\"username\":\"ann\"} | 403 {} | warning", // a granular token may not list them; ann is a maintainer
        "403 {} | 403 {} | warning", // a granular token that is good for publishing only
        "401 {} | 401 {} | error",
        "500 {} | 500 {} | unknown",
        "429 {} | 429 {} | unknown",
      })
  void npmRefusesWhatItDoesNotKnowAndNotWhatIsLimited(String whoami, String collaborators, String worst) {
    answers.put("/-/whoami", whoami);
    answers.put("/-/package/lamp/collaborators", collaborators);
    answers.put("/lamp", "200 {\"versions\":{\"1.0.0\":{}},\"dist-tags\":{\"latest\":\"1.0.0\"},\"maintainers\":[{\"name\":\"ann\"}]}");
    NpmPreflight preflight = new NpmPreflight(plan(Map.of()), endpoint("npm_1234567890"), http(), SemVer.parse("1.2.0"));
    List<Finding> findings = preflight.right(Map.of("lamp", base().resolve("lamp")));
    assertThat(preflight.state("lamp", base().resolve("lamp"), DistTag.of(plan(Map.of()), SemVer.parse("1.2.0")))).isEmpty();
    assertThat(findings).isNotEmpty().noneMatch(f -> f.toString().contains("npm_1234567890"));
    String found = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR) ? "error" : findings.stream().anyMatch(Finding::blocks) ? "unknown" : "warning";
    assertThat(found).as(findings.toString()).isEqualTo(worst);
  }

  @Test
  void aPyPiTokenSpeaksAgainstItselfWhereItsLimitsAreReadAndNowhereElse() {
    assertThat(pypi(token())).isEmpty();
    assertThat(pypi(token("[1,[\"lamp-cli\"]]"))).isEmpty();
    assertThat(pypi(token("{\"version\":1,\"permissions\":{\"projects\":[\"Lamp_CLI\"]}}"))).isEmpty();
    assertThat(pypi(token("[1,[\"other\"]]", "[3,\"user\"]"))).singleElement().asString().contains("limited to other", "may not upload to lamp-cli");
    assertThat(pypi(token("[0," + (NOW.getEpochSecond() - 60) + ",0]"))).singleElement().asString().contains("which is over");
    assertThat(pypi(token("[0," + (NOW.getEpochSecond() + 600) + ",0]"))).singleElement().asString().contains("in the middle of the release");
    assertThat(pypi(token("[0," + (NOW.getEpochSecond() + 86_400) + ",0]"))).isEmpty();
    assertThat(pypi(token("{\"nbf\":0,\"exp\":" + (NOW.getEpochSecond() - 60) + "}"))).singleElement().asString().contains("which is over");
    assertThat(pypi(token("no JSON at all", "[99,1]"))).isEmpty();
    for (String other : List.of("pypi-", "pypi-AgEI", "pypi-not base64", "a password", "pypi-AQEB")) {
      assertThat(pypi(other)).as(other).isEmpty();
    }
  }

  @Test
  void aPasswordOfAnIndexMayHoldWhatNoTokenDoes() {
    assertThat(Credential.password("PyPI", new Secret("-it's \"mine\" $(id)"))).isEmpty();
    assertThat(Credential.password("PyPI", new Secret("two\nlines"))).singleElement().asString().contains("line break");
    assertThat(Credential.token("npm", new Secret("two words"))).singleElement().asString().contains("a space");
    assertThat(Credential.token("npm", new Secret("abc"))).singleElement().asString().contains("so short");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|repo, gist||warnings: 0, errors: 0",
        "true|gist||may not write",
        "true|||unproven: that the GitHub token may write", // a fine-grained one
        "false|||unproven: that the GitHub token may write", // a workflow's
        "true|repo|2026-11-25 12:30:00 UTC|ends at 2026-11-25T12:30:00Z",
        "true|repo|2026-11-26 12:30:00 +0100|warnings: 0, errors: 0",
        "true|repo|some day|warnings: 0, errors: 0",
      })
  void gitHubTellsOfATokenWhatItsKindAllows(boolean push, String scopes, String expires, String what) {
    answers.put("/repos/lamp/lamp", "200 {\"permissions\":{\"pull\":" + push + ",\"push\":" + push + "}}");
    if (scopes != null) {
      headers.put("X-OAuth-Scopes", scopes);
    }
    if (expires != null) {
      headers.put("GitHub-Authentication-Token-Expiration", expires);
    }
    GitHubClient github = new GitHubClient(base(), Optional.of("ghp_1234567890"), new EffectGate(Mode.REHEARSAL));
    List<Finding> findings = new GitHubPreflight(plan(Map.of()), github, "lamp/lamp", "v1.2.0", COMMIT, Clock.fixed(NOW, ZoneOffset.UTC)).rights();
    String told = "warnings: " + findings.stream().filter(f -> !f.blocks()).count() + ", errors: " + findings.stream().filter(Finding::blocks).count() + " " + findings;
    assertThat(told).contains(what);
  }

  private List<Finding> crates(String token, Map<String, String> settings, List<String> crates) {
    return new CratesPreflight(plan(settings), endpoint(token), http()).findings(crates);
  }

  private static List<Finding> pypi(String token) {
    return PyPiToken.of(new Secret(token)).map(t -> t.findings("lamp-cli", NOW)).orElse(List.of());
  }

  /** As PyPI makes them: a macaroon of version 2 with these caveats. */
  private static String token(String... caveats) {
    ByteBuffer out = ByteBuffer.allocate(2000);
    out.put((byte) 2);
    packet(out, 1, "pypi.example");
    packet(out, 2, "0e9d0a4c-0000-4000-8000-000000000000");
    out.put((byte) 0);
    for (String caveat : caveats) {
      packet(out, 2, caveat);
      out.put((byte) 0);
    }
    out.put((byte) 0);
    packet(out, 6, "s".repeat(32));
    byte[] whole = new byte[out.position()];
    out.flip().get(whole);
    return "pypi-" + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  private static void packet(ByteBuffer out, int kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.put((byte) kind);
    if (bytes.length > 127) {
      out.put((byte) (bytes.length & 0x7f | 0x80)).put((byte) (bytes.length >> 7));
    } else {
      out.put((byte) bytes.length);
    }
    out.put(bytes);
  }

  private Endpoint endpoint(String token) {
    return new Endpoint(base(), base(), new Secret(token));
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static ChannelPlan plan(Map<String, String> settings) {
    return new ChannelPlan("any", "official", List.of(), Optional.empty(), settings);
  }

  private static HttpReading http() {
    return new HttpReading(new Fetch(new EffectGate(Mode.REHEARSAL)));
  }
}
