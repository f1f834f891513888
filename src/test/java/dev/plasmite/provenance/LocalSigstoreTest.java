package dev.plasmite.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.BuildRun;
import java.nio.file.Path;
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
}
