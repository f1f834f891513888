package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.Samples;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.gate.Verdict;
import dev.plasmite.provenance.Provenance;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is uploaded is what was verified, whatever happens to the files in between. */
class ProvenSetTest {

  private static final Receipt.Binding BINDING = new Receipt.Binding("1.2.0", "c", "sandbox", "x");

  @TempDir Path temp;
  private Path set;
  private Path crate;
  private LocalKey key;
  private Receipts proven;

  @BeforeEach
  void stage() throws IOException {
    set = temp.resolve("set");
    crate = Samples.crate(set, "lantern", "1.2.0");
    key = LocalKey.at(temp.resolve("key"));
    papers();
    String manifest = Digests.sha256(Files.readAllBytes(set.resolve(ReleaseManifest.FILE)));
    proven =
        new Receipts(
            List.of(new Receipt(StageName.PROVENANCE, Verdict.PASSED, BINDING, Map.of(Provenance.MANIFEST_SHA256, manifest))),
            BINDING);
  }

  private void papers() throws IOException {
    BuildRun run =
        new BuildRun("lantern-demo/lantern", ".github/workflows/build.yml", "push", 7, 1, "a".repeat(40), "refs/tags/v1.2.0");
    Artifact artifact = new Artifact(Kind.CRATE, crate, Optional.empty(), Digests.of(crate));
    new StagedSet(set).writePapers(new ReleaseManifest(SemVer.parse("1.2.0"), run, List.of(artifact)), key);
  }

  @Test
  void theProvenFilesAreGivenOut() {
    assertThat(new ProvenSet(set).read(proven).artifacts()).extracting(Artifact::path).containsExactly(crate);
  }

  @Test
  void aFileSwappedAfterItWasProvenIsNotGivenOut() throws IOException {
    Files.writeString(crate, "swapped");
    assertThatThrownBy(() -> new ProvenSet(set).read(proven))
        .isInstanceOf(Refusal.class).hasMessageContaining("its bytes are not those that provenance has proven");
    Files.delete(crate);
    assertThatThrownBy(() -> new ProvenSet(set).read(proven)).isInstanceOf(Refusal.class);
  }

  @Test
  void aFileSwappedTogetherWithEveryPaperAndRightlySignedIsAnotherSet() throws IOException {
    Files.writeString(crate, "swapped");
    papers();
    assertThat(Files.readString(set.resolve(Checksums.FILE))).contains(Digests.sha256(crate));
    assertThatThrownBy(() -> new ProvenSet(set).read(proven))
        .isInstanceOf(Refusal.class).hasMessageContaining("another set than provenance has proven");
  }

  @Test
  void withoutAProofNothingIsGivenOut() {
    Receipts none = new Receipts(List.of(), BINDING);
    assertThatThrownBy(() -> new ProvenSet(set).read(none)).isInstanceOf(Refusal.class);
  }
}
