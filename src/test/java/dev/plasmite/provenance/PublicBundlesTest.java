package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.bundle.Bundle;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bundles that others made and published, of public runs on GitHub: see the README beside them. */
class PublicBundlesTest {

  private static final String WORKFLOW = ".github/workflows/release-sigstore-java-from-tag.yaml";
  private static final Place PLACE = Place.file("bundle.sigstore.json");

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(PublicBundlesTest.class.getResource("/sigstore/" + name).toURI());
  }

  private static BuildRun release(String version, String commit, long run) {
    return new BuildRun("sigstore/sigstore-java", WORKFLOW, "workflow_dispatch", run, 1, commit, "refs/tags/v" + version);
  }

  private static X509Certificate signedBy(BuildRun run, byte[] bundle, String sha256) throws Exception {
    String signer = FulcioIdentity.GITHUB + run.repository() + "/" + run.workflow() + "@" + run.ref();
    byte[] root = Files.readAllBytes(resource("trusted_root.json"));
    Bundle read = SigstoreSignature.parse(bundle, PLACE);
    return new SigstoreSignature(root, FulcioIdentity.ISSUER, signer, PLACE).verify(read, HexFormat.of().parseHex(sha256));
  }

  @Test
  void theJarThatVerifiesIsProvenByTheBundleThatWasPublishedWithIt() throws Exception {
    BuildRun run = release("2.0.0", "411721f4879abebd95bd9ab6ed3724366b13cdce", 19550486194L);
    Path jar = Path.of(KeylessVerifier.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    byte[] bundle = Files.readAllBytes(resource("public/sigstore-java-2.0.0.jar.sigstore.json"));
    X509Certificate leaf = signedBy(run, bundle, Digests.sha256(jar));
    assertThat(new FulcioIdentity(leaf).differences(run, PLACE)).isEmpty();
    assertThatThrownBy(() -> signedBy(run, bundle, "0".repeat(64))).isInstanceOf(Refusal.class);
  }

  @Test
  void anotherReleaseOfTheSameWorkflowIsAnotherRun() throws Exception {
    String sha256 = "8a39503d521e526cc272d9c81ea2c5880903391a91eba05f870584f363f3dbf9";
    BuildRun run = release("1.3.0", "dc444d32f08e7ef3b1669bae7c5e134f0d2abdcd", 13527969555L);
    byte[] bundle = Files.readAllBytes(resource("public/sigstore-java-1.3.0.jar.sigstore.json"));
    X509Certificate leaf = signedBy(run, bundle, sha256);
    assertThat(new FulcioIdentity(leaf).differences(run, PLACE)).isEmpty();
    BuildRun other = release("2.0.0", "411721f4879abebd95bd9ab6ed3724366b13cdce", 19550486194L);
    assertThat(new FulcioIdentity(leaf).differences(other, PLACE)).extracting(Finding::what).hasSize(4);
    assertThatThrownBy(() -> signedBy(other, bundle, sha256)).isInstanceOf(Refusal.class);
  }

  /** Whoever may run a workflow may sign any statement; that it is rightly signed makes it no proof of another's build. */
  @Test
  void aStatementAboutAnotherRepositoryThanTheOneThatSignedItIsRefused() throws Exception {
    BuildRun signer =
        new BuildRun(
            "sigstore-conformance/extremely-dangerous-public-oidc-beacon",
            ".github/workflows/extremely-dangerous-oidc-beacon.yml", "workflow_dispatch", 12359147651L, 1,
            "82a3bfe6dd50fe9c71d6315eae66da15307856cf", "refs/heads/main");
    Path bundle = resource("conformance/happy-path-intoto-in-dsse-v3/bundle.sigstore.json");
    List<Finding> findings =
        new SigstoreBundles(resource("trusted_root.json"), signer, Optional.empty())
            .verify(List.of(bundle), Map.of("a.txt", Digests.sha256(resource("conformance/a.txt"))));
    assertThat(findings).extracting(Finding::what)
        .anyMatch(what -> what.startsWith("its statement says repository 'https://github.com/loosebazooka/aa-test'"))
        .noneMatch(what -> what.startsWith("its certificate says") || what.startsWith("it cannot be verified"));
  }

  @Test
  void aBundleWithAFieldTwiceOrTextBehindItsEndIsNone() throws Exception {
    String good = Files.readString(resource("github-attestation.json"));
    String mediaType = new ObjectMapper().readTree(good).get("mediaType").toString();
    String twice = good.replaceFirst("\\{", "{\"mediaType\": " + mediaType + ",");
    for (String bad : List.of(twice, good + "{}", good.replace(": \"", ": \"\n"))) {
      assertThatThrownBy(() -> SigstoreSignature.parse(bad.getBytes(StandardCharsets.UTF_8), PLACE))
          .isInstanceOf(Refusal.class).hasMessageContaining("no valid JSON");
    }
    assertThat(SigstoreSignature.parse(good.getBytes(StandardCharsets.UTF_8), PLACE).getEntries()).hasSize(1);
  }
}
