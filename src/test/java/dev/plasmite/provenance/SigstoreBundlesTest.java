package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.gate.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real attestation that GitHub made, held against the run that made it, and against everything else. */
class SigstoreBundlesTest {

  private static final String SUBJECT = "49a3aa6075e0f49f82843e74b5baa614ad2a588e6675612bf108a0a008c5ac25";
  private static final String SIGNER =
      "https://github.com/github/artifact-attestations-workflows/.github/workflows/attest.yml@09b495c3f12c7881b3cc17209a327792065c1a1d";
  private static final BuildRun RUN =
      new BuildRun(
          "malancas/attest-demo",
          ".github/workflows/shared.yml",
          "workflow_dispatch",
          9228858953L,
          1,
          "95baf27389e83e6a5c48f42e190d48d7abcea19e",
          "refs/heads/main");

  @TempDir Path temp;
  private final ObjectMapper mapper = new ObjectMapper();
  private Path root;
  private Path bundle;

  @BeforeEach
  void copy() throws IOException {
    root = resource("trusted_root.json");
    bundle = resource("github-attestation.json");
  }

  private Path resource(String name) throws IOException {
    Path file = temp.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/sigstore/" + name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private String verify(BuildRun run, Optional<String> signer, List<Path> bundles, String... digests) {
    Map<String, String> artifacts = new java.util.TreeMap<>();
    for (String digest : digests) {
      artifacts.put("file-" + artifacts.size() + ".whl", digest);
    }
    return new SigstoreBundles(root, run, signer)
        .verify(bundles, artifacts).stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }

  private String verify(BuildRun run) {
    return verify(run, Optional.of(SIGNER), List.of(bundle), SUBJECT);
  }

  private String changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) mapper.readTree(bundle.toFile());
    change.accept(json);
    Path file = Files.write(temp.resolve("changed.json"), mapper.writeValueAsBytes(json));
    return verify(RUN, Optional.of(SIGNER), List.of(file), SUBJECT);
  }

  @Test
  void aRealGithubAttestationIsProvenOffline() {
    assertThat(verify(RUN)).isEmpty();
  }

  @Test
  void everyPartOfTheSignedIdentityCounts() {
    String repository = RUN.repository();
    String workflow = RUN.workflow();
    Map<String, BuildRun> others =
        Map.of(
            "source repository", new BuildRun("fork/attest-demo", workflow, RUN.event(), RUN.runId(), 1, RUN.commit(), RUN.ref()),
            "workflow", new BuildRun(repository, ".github/workflows/other.yml", RUN.event(), RUN.runId(), 1, RUN.commit(), RUN.ref()),
            "event", new BuildRun(repository, workflow, "push", RUN.runId(), 1, RUN.commit(), RUN.ref()),
            "run", new BuildRun(repository, workflow, RUN.event(), 1, 1, RUN.commit(), RUN.ref()),
            "run ", new BuildRun(repository, workflow, RUN.event(), RUN.runId(), 2, RUN.commit(), RUN.ref()),
            "source commit", new BuildRun(repository, workflow, RUN.event(), RUN.runId(), 1, "a".repeat(40), RUN.ref()),
            "source ref", new BuildRun(repository, workflow, RUN.event(), RUN.runId(), 1, RUN.commit(), "refs/tags/v1.2.0"));
    others.forEach(
        (part, run) ->
            assertThat(verify(run))
                .as(part)
                .contains("its certificate says " + part.strip())
                .contains("no good attestation names its sha256"));
  }

  @Test
  void anotherSignerIsRefused() {
    assertThat(verify(RUN, Optional.empty(), List.of(bundle), SUBJECT)).contains("it cannot be verified");
  }

  @Test
  void anotherArtifactAndAMissingOneAreRefused() {
    assertThat(verify(RUN, Optional.of(SIGNER), List.of(bundle), "0".repeat(64))).contains("it attests none of the artifacts");
    assertThat(verify(RUN, Optional.of(SIGNER), List.of(bundle), SUBJECT, "0".repeat(64)))
        .isEqualTo(
            "file-1.whl  no good attestation names its sha256 " + "0".repeat(64)
                + " -> take the artifact and its attestation from the build run");
    assertThat(verify(RUN, Optional.of(SIGNER), List.of(), SUBJECT)).contains("there is no attestation");
  }

  @Test
  void anotherStatementUnderTheSameSignatureIsRefused() throws IOException {
    assertThat(
            changed(
                json -> {
                  ObjectNode envelope = (ObjectNode) json.get("dsseEnvelope");
                  String payload =
                      new String(Base64.getDecoder().decode(envelope.get("payload").textValue()), StandardCharsets.UTF_8)
                          .replace("github_provenance_demo-0.0.0", "github_provenance_demo-0.0.1");
                  envelope.put("payload", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
                }))
        .contains("it cannot be verified");
  }

  @Test
  void aWrongPredicateIsRefused() throws IOException {
    assertThat(
            changed(
                json -> {
                  ObjectNode envelope = (ObjectNode) json.get("dsseEnvelope");
                  String payload =
                      new String(Base64.getDecoder().decode(envelope.get("payload").textValue()), StandardCharsets.UTF_8)
                          .replace("https://slsa.dev/provenance/v1", "https://example.org/other");
                  envelope.put("payload", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
                }))
        .isNotEmpty();
  }

  @Test
  void aBundleThatLacksAnyOfItsPartsIsRefused() throws IOException {
    assertThat(changed(json -> json.remove("dsseEnvelope"))).isNotEmpty();
    assertThat(changed(json -> json.remove("verificationMaterial"))).isNotEmpty();
    assertThat(changed(json -> ((ObjectNode) json.get("verificationMaterial")).remove("certificate"))).isNotEmpty();
    assertThat(changed(json -> ((ObjectNode) json.get("verificationMaterial")).putArray("tlogEntries"))).isNotEmpty();
    assertThat(changed(json -> ((ObjectNode) json.get("dsseEnvelope")).putArray("signatures"))).isNotEmpty();
    assertThat(
            changed(
                json ->
                    ((com.fasterxml.jackson.databind.node.ArrayNode) json.get("dsseEnvelope").get("signatures"))
                        .add(json.get("dsseEnvelope").get("signatures").get(0).deepCopy())))
        .isNotEmpty();
    assertThat(changed(json -> ((ObjectNode) json.get("dsseEnvelope")).put("payloadType", "text/plain"))).isNotEmpty();
    assertThat(changed(json -> json.put("mediaType", "application/vnd.dev.sigstore.bundle.v9.9+json"))).isNotEmpty();
  }

  @Test
  void aSigningTimeOutsideTheCertificatesTenMinutesIsRefused() throws IOException {
    assertThat(
            changed(
                json ->
                    ((ObjectNode) json.get("verificationMaterial").get("tlogEntries").get(0)).put("integratedTime", "1816578064")))
        .isNotEmpty();
  }

  @Test
  void garbageIsRefused() throws IOException {
    for (String text : List.of("", "{}", "[]", "<html>", "null", "{\"mediaType\": 7}")) {
      Path file = Files.writeString(temp.resolve("garbage.json"), text);
      assertThat(verify(RUN, Optional.of(SIGNER), List.of(file), SUBJECT)).as(text).contains("garbage.json");
    }
    Files.writeString(root, "{}");
    assertThat(verify(RUN)).isNotEmpty();
  }
}
