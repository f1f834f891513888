package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.gate.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier takes what an authority of its trusted root certified, and nothing else. */
class LocalSigstoreTest {

  private static final String SUBJECT = "ab".repeat(32);
  private static final BuildRun RUN =
      new BuildRun("lantern-demo/lantern", ".github/workflows/build.yml", "push", 7, 2, "c".repeat(40), "refs/tags/v1.2.0");

  @TempDir Path temp;

  @Test
  void aBundleOfTheTrustedAuthorityIsProvenAndOfAnotherIsNot() throws Exception {
    LocalSigstore own = new LocalSigstore();
    Map<String, String> artifacts = Map.of("lantern.whl", SUBJECT);
    SigstoreBundles bundles = new SigstoreBundles(own.trustedRoot(temp.resolve("root.json")), RUN, Optional.empty());
    assertThat(bundles.verifyAny(Map.of("own", own.attest(RUN, artifacts)), artifacts)).isEmpty();
    assertThat(bundles.verifyAny(Map.of("other", new LocalSigstore().attest(RUN, artifacts)), artifacts))
        .anyMatch(finding -> finding.what().contains("it cannot be verified"));
  }

  @Test
  void aBundleOfAnotherAttemptProvesNothingAndHarmsNothing() throws Exception {
    LocalSigstore own = new LocalSigstore();
    Map<String, String> artifacts = Map.of("lantern.whl", SUBJECT);
    BuildRun first = new BuildRun(RUN.repository(), RUN.workflow(), RUN.event(), 7, 1, RUN.commit(), RUN.ref());
    SigstoreBundles bundles = new SigstoreBundles(own.trustedRoot(temp.resolve("root.json")), RUN, Optional.empty());
    byte[] old = own.attest(first, artifacts);
    assertThat(bundles.verifyAny(Map.of("old", old, "new", own.attest(RUN, artifacts)), artifacts)).isEmpty();
    assertThat(bundles.verifyAny(Map.of("old", old), artifacts)).anyMatch(finding -> finding.what().contains("attempts/1"));
  }

  @Test
  void everySignedExtensionCountsAndOneThatIsMissingIsNone() throws Exception {
    LocalSigstore sigstore = new LocalSigstore();
    SigstoreBundles bundles = new SigstoreBundles(sigstore.trustedRoot(temp.resolve("root.json")), RUN, Optional.empty());
    Map<String, String> files = Map.of("a.tgz", "a".repeat(64));
    assertThat(bundles.verifyAny(Map.of("good", sigstore.attest(RUN, files)), files)).isEmpty();
    for (int number : new int[] {8, 11, 12, 13, 14, 18, 20, 21}) {
      for (Optional<String> value : List.of(Optional.of("other"), Optional.<String>empty())) {
        byte[] bundle = sigstore.lying(number, value).attest(RUN, files);
        assertThat(bundles.verifyAny(Map.of("lying", bundle), files))
            .as(number + " " + value)
            .extracting(Finding::what)
            .anyMatch(what -> what.startsWith("its certificate says") || what.startsWith("it cannot be verified"))
            .anyMatch(what -> what.startsWith("no good attestation names its sha256"));
      }
    }
  }
}
