package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedSetTest {

  @TempDir Path temp;
  private Path directory;
  private Path crate;
  private LocalKey key;
  private StagedSet set;

  @BeforeEach
  void stage() throws IOException {
    directory = temp.resolve("set");
    key = LocalKey.at(temp.resolve("keys/attestation.key"));
    crate = Samples.crate(directory, "lantern", "1.2.0");
    Path npm = Samples.npm(directory, "@lantern-demo/lantern", "1.2.0");
    set = new StagedSet(directory);
    set.writePapers(manifest(artifact(Kind.CRATE, crate), artifact(Kind.NPM, npm)), key);
  }

  private static Artifact artifact(Kind kind, Path file) throws IOException {
    return new Artifact(kind, file, Optional.empty(), Digests.of(file));
  }

  private static ReleaseManifest manifest(Artifact... artifacts) {
    return new ReleaseManifest(SemVer.parse("1.2.0"), ReleaseManifestTest.RUN, List.of(artifacts));
  }

  private ThrowingCallable verifying() {
    return () -> set.verify(key.publicKey());
  }

  @Test
  void isProvenAsItWasWritten() {
    assertThat(set.verify(key.publicKey()).artifacts()).hasSize(2);
  }

  @Test
  void aSwappedArtifactIsFound() throws IOException {
    Files.writeString(crate, "other");
    assertThatThrownBy(verifying()).isInstanceOf(Refusal.class).hasMessageContaining("its bytes are not those").hasMessageContaining("remove " + directory + " and type mvn provenance");
  }

  @Test
  void aSwappedArtifactIsFoundThoughTheChecksumsWereRewrittenWithIt() throws IOException {
    Files.writeString(crate, "other");
    Path sums = directory.resolve(Checksums.FILE);
    String text = Files.readString(sums);
    String line = text.lines().filter(l -> l.endsWith(".crate")).findFirst().orElseThrow();
    Files.writeString(sums, text.replace(line, Digests.of(crate).sha256() + "  lantern-1.2.0.crate"));
    assertThatThrownBy(verifying()).hasMessageContaining("its bytes are not those").hasMessageContaining("SHA256SUMS");
  }

  @Test
  void aSwappedArtifactIsFoundThoughEveryUnsignedPaperWasRewrittenWithIt() throws IOException {
    Files.writeString(crate, "other");
    byte[] attestation = Files.readAllBytes(directory.resolve(StagedSet.ATTESTATION));
    Path npm = directory.resolve("lantern-demo-lantern-1.2.0.tgz");
    set.writePapers(manifest(artifact(Kind.CRATE, crate), artifact(Kind.NPM, npm)), key);
    Files.write(directory.resolve(StagedSet.ATTESTATION), attestation);
    assertThatThrownBy(verifying())
        .hasMessageContaining("attestation.dsse.json")
        .hasMessageContaining("release-manifest.json is")
        .hasMessageContaining("sha256 of lantern-1.2.0.crate");
  }

  @Test
  void papersSignedByAnotherKeyAreRefused() throws IOException {
    LocalKey other = LocalKey.at(temp.resolve("other.key"));
    assertThatThrownBy(() -> set.verify(other.publicKey())).hasMessageContaining("the signature is not that of the key");
  }

  @Test
  void anExtraFileAndAMissingOneAreFoundTogether() throws IOException {
    Files.writeString(directory.resolve("extra.txt"), "x");
    Files.delete(crate);
    assertThatThrownBy(verifying()).hasMessageContaining("extra file 'extra.txt'").hasMessageContaining("it is not there");
  }

  @Test
  void aLinkInTheFilesPlaceIsNotTheFile() throws IOException {
    Path real = Files.move(crate, temp.resolve("elsewhere.crate"));
    Files.createSymbolicLink(crate, real);
    assertThatThrownBy(verifying()).hasMessageContaining("there is a link in its place");
    Files.delete(crate);
    Files.createDirectory(crate);
    assertThatThrownBy(verifying()).hasMessageContaining("what is there is no regular file");
  }

  @Test
  void everyMissingPaperIsNamed() throws IOException {
    for (String paper : List.of(ReleaseManifest.FILE, Checksums.FILE, StagedSet.ATTESTATION)) {
      byte[] kept = Files.readAllBytes(directory.resolve(paper));
      Files.delete(directory.resolve(paper));
      assertThatThrownBy(verifying()).isInstanceOf(Refusal.class).hasMessageContaining(paper + "  missing");
      Files.write(directory.resolve(paper), kept);
    }
  }

  @Test
  void aChecksumsFileWithAnExtraOrDoubledOrBrokenLineIsRefused() throws IOException {
    Path sums = directory.resolve(Checksums.FILE);
    String right = Files.readString(sums);
    for (String more : List.of("0".repeat(64) + "  more.txt\n", right.lines().findFirst().orElseThrow() + "\n", "x\n", "x")) {
      Files.writeString(sums, right);
      Files.writeString(sums, more, StandardOpenOption.APPEND);
      assertThatThrownBy(verifying()).isInstanceOf(Refusal.class).hasMessageContaining(Checksums.FILE);
    }
  }

  @Test
  void anotherPredicateOrTypeIsRefusedThoughRightlySigned() throws IOException {
    Dsse right = Dsse.parse(Files.readAllBytes(directory.resolve(StagedSet.ATTESTATION)), null);
    String statement = new String(right.payload(), StandardCharsets.UTF_8);
    for (String[] change : new String[][] {
        {Statement.SLSA, "https://slsa.dev/provenance/v0.2", "predicateType"},
        {Statement.TYPE, "https://in-toto.io/Statement/v0.1", "_type"},
        {Statement.BUILD_TYPE, "urn:other", "buildType"},
        {"\"event_name\":\"push\"", "\"event_name\":\"pull_request\"", "event of the build run"},
        {"/attempts/1", "/attempts/2", "attempt of the build run"},
        {"/runs/7/", "/runs/8/", "run id of the build run"},
        {"/runs/7/", "/runs/\u0667/", "the predicate contradicts itself"},
        {"/runs/7/", "/runs/07/", "the predicate contradicts itself"},
        {"refs/tags/v1.2.0", "refs/tags/v1.2.0\\n", "control character"},
        {"a".repeat(40), "b".repeat(40), "commit of the build run"},
        {"\"subject\":[", "\"more\":1,\"subject\":[", "unknown field"},
        {"\"subject\":[", "\"subject\":[],\"subject\":[", "Duplicate field"},
        {Statement.BUILDER, "urn:plasmite:builder:other:", "and builder 'urn:plasmite:builder:other:"},
    }) {
      String changed = statement.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(statement);
      Dsse signed = Dsse.sign(Dsse.IN_TOTO, changed.getBytes(StandardCharsets.UTF_8), key);
      Files.write(directory.resolve(StagedSet.ATTESTATION), signed.json());
      assertThatThrownBy(verifying()).as(change[2]).isInstanceOf(Refusal.class).hasMessageContaining(change[2]);
    }
    Files.write(
        directory.resolve(StagedSet.ATTESTATION), Dsse.sign("application/json", right.payload(), key).json());
    assertThatThrownBy(verifying()).hasMessageContaining("payload type");
  }

  @Test
  void aSubjectThatWasRemovedAddedOrDoubledIsFoundThoughRightlySigned() throws IOException {
    Dsse right = Dsse.parse(Files.readAllBytes(directory.resolve(StagedSet.ATTESTATION)), null);
    String statement = new String(right.payload(), StandardCharsets.UTF_8);
    int begin = statement.indexOf("{\"name\":\"lantern-1.2.0.crate\"");
    String one = statement.substring(begin, statement.indexOf("}}", begin) + 3);
    for (String[] change : new String[][] {
        {"", "'lantern-1.2.0.crate' is missing here"},
        {one + one, "subject 'lantern-1.2.0.crate' is there twice"},
        {one + one.replace("lantern-1.2.0", "more"), "'more.crate' is not in release-manifest.json"},
    }) {
      byte[] changed = statement.replace(one, change[0]).getBytes(StandardCharsets.UTF_8);
      Files.write(directory.resolve(StagedSet.ATTESTATION), Dsse.sign(Dsse.IN_TOTO, changed, key).json());
      assertThatThrownBy(verifying()).isInstanceOf(Refusal.class).hasMessageContaining(change[1]);
    }
  }

  @Test
  void anEnvelopeThatNamesAnotherKeyThanTheOneThatSignedIsRefused() throws IOException {
    Path file = directory.resolve(StagedSet.ATTESTATION);
    Files.writeString(file, Files.readString(file).replaceFirst("\"keyid\" : \"..", "\"keyid\" : \"zz"));
    assertThatThrownBy(verifying()).hasMessageContaining("it names key 'zz");
  }

  @Test
  void anEnvelopeWithoutOrWithSeveralSignaturesIsRefused() throws IOException {
    Path file = directory.resolve(StagedSet.ATTESTATION);
    String json = Files.readString(file);
    String one = json.substring(json.indexOf("[ {") + 2, json.indexOf("} ]") + 1);
    for (String changed : List.of(json.replace(one, ""), json.replace(one, one + "," + one))) {
      Files.writeString(file, changed);
      assertThatThrownBy(verifying()).isInstanceOf(Refusal.class).hasMessageContaining("signatures");
    }
  }
}
