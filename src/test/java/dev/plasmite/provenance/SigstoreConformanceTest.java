package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundles by which the Sigstore project tests clients: see the README beside them. */
class SigstoreConformanceTest {

  private static final String SIGNER =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

  /**
   * Good bundles that are refused, for the library reads no log entry of these kinds: {@code intoto}, which the suite calls
   * deprecated and optional, and the {@code hashedrekord} over DSSE of Rekor 2.
   */
  private static final Set<String> NOT_SUPPORTED = Set.of("intoto-with-custom-trust-root", "rekor2-dsse-happy-path");

  static Stream<Path> cases() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(directory().resolve("conformance"))) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bundle(Path directory) throws Exception {
    String name = directory.getFileName().toString();
    if (NOT_SUPPORTED.contains(name)) {
      assertThatThrownBy(() -> verify(directory)).isInstanceOf(Refusal.class).hasMessageContaining("log entry body");
    } else if (name.endsWith("_fail")) {
      assertThatThrownBy(() -> verify(directory)).isInstanceOf(Refusal.class);
    } else {
      verify(directory);
    }
  }

  @Test
  void allCasesAreThere() throws Exception {
    assertThat(cases().filter(path -> path.toString().endsWith("_fail"))).hasSize(42);
    assertThat(cases().filter(path -> !path.toString().endsWith("_fail"))).hasSize(19);
  }

  private static void verify(Path directory) throws Exception {
    Path own = directory.resolve("trusted_root.json");
    byte[] root = Files.readAllBytes(Files.exists(own) ? own : directory().resolve("trusted_root.json"));
    Path artifact = directory.resolve("artifact");
    String sha256 = Digests.sha256(Files.exists(artifact) ? artifact : directory.resolveSibling("a.txt"));
    String issuer = text(directory.resolve("issuer"), FulcioIdentity.ISSUER);
    String signer = text(directory.resolve("identity"), SIGNER);
    Place place = Place.file("bundle.sigstore.json");
    byte[] json = Files.readAllBytes(directory.resolve("bundle.sigstore.json"));
    new SigstoreSignature(root, issuer, signer, place)
        .verify(SigstoreSignature.parse(json, place), HexFormat.of().parseHex(sha256));
  }

  private static String text(Path file, String otherwise) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : otherwise;
  }

  private static Path directory() throws URISyntaxException {
    return Path.of(SigstoreConformanceTest.class.getResource("/sigstore").toURI());
  }
}
