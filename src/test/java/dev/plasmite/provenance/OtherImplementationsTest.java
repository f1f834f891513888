package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statement, envelope and bundle that are made here, in the hands of those who wrote the specifications. */
@Timeout(1800)
class OtherImplementationsTest {

  private static final BuildRun RUN =
      new BuildRun("lantern-demo/lantern", ".github/workflows/build.yml", "push", 7, 1, "a".repeat(40), "refs/tags/v1.2.0");
  private static final String SIGNER =
      "https://github.com/lantern-demo/lantern/.github/workflows/build.yml@refs/tags/v1.2.0";

  @TempDir Path temp;
  private final ObjectMapper mapper = new ObjectMapper();
  private final ArrayNode cases = mapper.createArrayNode();
  private Path set;
  private Path key;

  @BeforeEach
  void stage() throws IOException {
    set = temp.resolve("set");
    key = temp.resolve("key");
    Path crate = Samples.crate(set, "lantern", "1.2.0");
    Path sdk = Samples.sdk(set, "lantern", "1.2.0", "linux_amd64");
    List<Artifact> artifacts =
        List.of(
            new Artifact(Kind.CRATE, crate, Optional.empty(), Digests.of(crate)),
            new Artifact(Kind.SDK, sdk, Optional.of("linux_amd64"), Digests.of(sdk)));
    new StagedSet(set).writePapers(new ReleaseManifest(SemVer.parse("1.2.0"), RUN, artifacts), LocalKey.at(key));
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(OtherImplementationsTest.class.getResource("/sigstore/" + name).toURI());
  }

  private void envelope(String name, String json, Path publicKey) throws IOException {
    Path file = Files.writeString(temp.resolve(name + ".json"), json);
    cases.addObject().put("name", name).put("envelope", file.toString()).put("key", publicKey.toString());
  }

  private ObjectNode bundle(String name, byte[] json, Path root, String signer) throws IOException {
    Path file = Files.write(temp.resolve(name + ".json"), json);
    return cases.addObject().put("name", name).put("bundle", file.toString()).put("root", root.toString()).put("signer", signer);
  }

  @Test
  void sigstoreForJavaScriptTakesEnvelopesAndBundlesAndNoneThatWereChanged() throws Exception {
    String json = Files.readString(set.resolve(StagedSet.ATTESTATION));
    ObjectNode changed = (ObjectNode) mapper.readTree(json);
    Path ours = LocalKey.publicKeyOf(key);
    Path other = temp.resolve("other");
    LocalKey.at(other);
    envelope("envelope", json, ours);
    envelope("envelope-of-another-key", json, LocalKey.publicKeyOf(other));
    envelope("envelope-of-another-type", changed.put("payloadType", "text/plain").toString(), ours);
    changed = (ObjectNode) mapper.readTree(json);
    envelope("envelope-of-another-statement", changed.put("payload", "e30=").toString(), ours);

    LocalSigstore sigstore = new LocalSigstore();
    Path root = sigstore.trustedRoot(temp.resolve("root.json"));
    Path foreign = new LocalSigstore().trustedRoot(temp.resolve("foreign.json"));
    byte[] attestation = sigstore.attest(RUN, Map.of("lantern-1.2.0.crate", "b".repeat(64)));
    bundle("bundle", attestation, root, SIGNER);
    bundle("bundle-of-another-signer", attestation, root, SIGNER.replace("build.yml", "other.yml"));
    bundle("bundle-of-another-root", attestation, foreign, SIGNER);
    ObjectNode swapped = (ObjectNode) mapper.readTree(attestation);
    ((ObjectNode) swapped.get("dsseEnvelope")).put("payload", "e30=");
    bundle("bundle-of-another-statement", mapper.writeValueAsBytes(swapped), root, SIGNER);

    Path list = Files.write(temp.resolve("cases.json"), mapper.writeValueAsBytes(cases));
    Exit exit = OtherImplementations.node(resource("verify.js"), list);
    assertThat(exit.ok()).as(exit.toString()).isTrue();
    assertThat(exit.out().lines())
        .containsExactly(
            "envelope good",
            "envelope-of-another-key refused: SIGNATURE_ERROR",
            "envelope-of-another-type refused: SIGNATURE_ERROR",
            "envelope-of-another-statement refused: SIGNATURE_ERROR",
            "bundle good",
            "bundle-of-another-signer refused: UNTRUSTED_SIGNER_ERROR",
            "bundle-of-another-root refused: TLOG_INCLUSION_PROMISE_ERROR",
            "bundle-of-another-statement refused: TLOG_BODY_ERROR");
  }

  @Test
  void inTotosOwnTypesReadTheStatementAndItsSubjectsAreTheFiles() throws Exception {
    Exit exit = OtherImplementations.python(resource("statement.py"), set);
    assertThat(exit.ok()).as(exit.toString()).isTrue();
    assertThat(exit.out().strip()).isEqualTo("same");
    Files.writeString(set.resolve("lantern-1.2.0.crate"), "swapped");
    assertThat(OtherImplementations.python(resource("statement.py"), set).out()).startsWith("different");
  }
}
