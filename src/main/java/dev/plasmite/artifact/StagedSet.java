package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The staged set: a directory with the artifacts and their papers, {@link ReleaseManifest#FILE}, {@link Checksums#FILE}
 * and {@link #ATTESTATION}, and nothing else.
 */
public final class StagedSet {

  /** File name of the attestation, a DSSE envelope. */
  public static final String ATTESTATION = "attestation.dsse.json";

  /** Ending of a Sigstore bundle's file name. */
  public static final String BUNDLE = ".sigstore.json";

  private static final Set<String> PAPERS = Set.of(ReleaseManifest.FILE, Checksums.FILE, ATTESTATION);

  private final Path directory;

  public StagedSet(Path directory) {
    this.directory = directory;
  }

  /** A set is whole or worth nothing. When a part of it is published, only the very same files go on from there. */
  private String remedy() {
    return "put back the file as it was; or, when nothing of the set was published, remove " + directory
        + " and type mvn provenance, which gets the set of the build run again, or in the sandbox builds it again; do not mend it by hand";
  }

  /** Whether nothing is there yet: no such directory, or an empty one. */
  public boolean absent() {
    return !Files.exists(directory, LinkOption.NOFOLLOW_LINKS) || files().isEmpty();
  }

  /** Writes the papers of a manifest beside its artifacts, the attestation last. */
  public void writePapers(ReleaseManifest manifest, LocalKey key) {
    try {
      Files.write(directory.resolve(ReleaseManifest.FILE), manifest.json());
      Files.write(directory.resolve(Checksums.FILE), Checksums.of(manifest.artifacts()).text());
      Statement statement = Statement.of(manifest, LocalKey.id(key.publicKey()));
      Files.write(directory.resolve(ATTESTATION), Dsse.sign(Dsse.IN_TOTO, statement.json(), key).json());
    } catch (IOException e) {
      throw new OutsideFailure("cannot write into " + directory, e);
    }
  }

  /**
   * Reads the set again from the disk and proves that manifest, checksums file, signed attestation and files agree on
   * every file, with none missing and none extra.
   *
   * @param key the key that must have signed
   * @return the manifest, whose artifacts carry the digests of the bytes that lie there
   * @throws Refusal with all that does not agree
   */
  public ReleaseManifest verify(PublicKey key) {
    return verify(key, StagedSet::digests);
  }

  /**
   * The same for a set that this process has just written, digesting each artifact on its way in ({@link Digests#copy}): the
   * artifacts' bytes are not read once more here, which whoever builds on the set does.
   *
   * @throws Refusal with all that does not agree
   */
  public ReleaseManifest verifyWritten(PublicKey key) {
    return verify(key, artifact -> new Digests(size(artifact), artifact.sha256(), artifact.sha512()));
  }

  /**
   * Proves that manifest, checksums file and files agree, for a set whose signatures are elsewhere: of the papers a local
   * key signed nothing is believed, and attestation bundles may lie there as well.
   *
   * @throws Refusal with all that does not agree
   */
  public ReleaseManifest verifyUnsigned() {
    return verify(null, StagedSet::digests);
  }

  private ReleaseManifest verify(PublicKey key, Function<Artifact, Digests> reading) {
    List<Finding> findings = new ArrayList<>();
    byte[] json = collect(findings, () -> SmallFile.bytes(directory.resolve(ReleaseManifest.FILE)));
    ReleaseManifest manifest = json == null ? null : collect(findings, () -> ReleaseManifest.parse(json, directory));
    Checksums checksums =
        collect(findings, () -> Checksums.parse(SmallFile.bytes(directory.resolve(Checksums.FILE))));
    Statement statement = key == null ? null : collect(findings, () -> statement(key));
    if (manifest != null) {
      Map<String, String> listed = Checksums.of(manifest.artifacts()).sha256();
      if (checksums != null) {
        compare(listed, checksums.sha256(), Checksums.FILE, findings);
      }
      if (statement != null) {
        Map<String, String> attested = new TreeMap<>(listed);
        attested.put(ReleaseManifest.FILE, Digests.sha256(json));
        compare(attested, statement.subjects(), ATTESTATION, findings);
        findings.addAll(statement.run().differences(manifest.run(), Place.file(ATTESTATION)));
      }
      compareFiles(manifest, reading, key == null, findings);
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return manifest;
  }

  private Statement statement(PublicKey key) {
    Place place = Place.file(ATTESTATION);
    Dsse envelope = Dsse.parse(SmallFile.bytes(directory.resolve(ATTESTATION)), place);
    if (!envelope.payloadType().equals(Dsse.IN_TOTO)) {
      throw new Refusal(
          Finding.of("payload type is " + Shown.text(envelope.payloadType()) + ", not " + Dsse.IN_TOTO)
              .at(place)
              .remedy(remedy()));
    }
    if (!envelope.signedBy(key)) {
      throw new Refusal(
          Finding.of("the signature is not that of the key " + LocalKey.id(key).substring(0, 16) + "…")
              .at(place)
              .remedy(remedy()));
    }
    Statement statement = Statement.parse(envelope.payload(), place);
    String id = LocalKey.id(key);
    // Neither proves anything; but who signs here writes both, so that others were put in their place.
    if (!envelope.keyId().equals(id) || !statement.builder().equals(Statement.BUILDER + id)) {
      throw new Refusal(
          Finding.of("it names key " + Shown.text(envelope.keyId()) + " and builder " + Shown.text(statement.builder())
                  + ", but the key that signed is " + id)
              .at(place)
              .remedy(remedy()));
    }
    return statement;
  }

  private void compareFiles(ReleaseManifest manifest, Function<Artifact, Digests> reading, boolean bundles, List<Finding> findings) {
    Set<String> expected = new HashSet<>(PAPERS);
    manifest.artifacts().forEach(artifact -> expected.add(artifact.file()));
    Parallel.map(manifest.artifacts(), artifact -> compareFile(artifact, reading)).forEach(findings::addAll);
    for (String file : files()) {
      if (!expected.contains(file) && !(bundles && file.endsWith(BUNDLE))) {
        findings.add(
            Finding.of("extra file " + Shown.text(file) + " among the artifacts")
                .at(Place.file(directory.toString()))
                .remedy("remove it, or declare it as an artifact and stage again"));
      }
    }
  }

  private List<Finding> compareFile(Artifact artifact, Function<Artifact, Digests> reading) {
    Place place = Place.file(artifact.file());
    if (!Files.isRegularFile(artifact.path(), LinkOption.NOFOLLOW_LINKS)) {
      String what =
          !Files.exists(artifact.path(), LinkOption.NOFOLLOW_LINKS) ? "it is not there"
              : Files.isSymbolicLink(artifact.path()) ? "there is a link in its place" : "what is there is no regular file";
      return List.of(Finding.of("the release manifest lists it, but " + what).at(place).remedy(remedy()));
    }
    Digests is = reading.apply(artifact);
    return is.equals(artifact.digests())
        ? List.of()
        : List.of(
            Finding.of(
                    "its bytes are not those of the release manifest: sha256 " + is.sha256() + ", size " + is.size()
                        + "; listed sha256 " + artifact.sha256() + ", size " + artifact.size())
                .at(place)
                .remedy(remedy()));
  }

  private void compare(
      Map<String, String> manifest, Map<String, String> other, String paper, List<Finding> findings) {
    Set<String> all = new TreeSet<>(manifest.keySet());
    all.addAll(other.keySet());
    for (String file : all) {
      String listed = manifest.get(file);
      String stated = other.get(file);
      if (listed == null || stated == null) {
        findings.add(
            Finding.of(Shown.text(file) + " is " + (listed == null ? "not in " + ReleaseManifest.FILE : "missing here"))
                .at(Place.file(paper))
                .remedy(remedy()));
      } else if (!listed.equals(stated)) {
        findings.add(
            Finding.of("sha256 of " + file + " is " + Shown.text(stated) + " here, but it is " + listed)
                .at(Place.file(paper))
                .remedy(remedy()));
      }
    }
  }

  private Set<String> files() {
    Set<String> out = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(path -> out.add(path.getFileName().toString()));
    } catch (IOException e) {
      throw new OutsideFailure("cannot list " + directory, e);
    }
    return out;
  }

  private static Digests digests(Artifact artifact) {
    try {
      return Digests.of(artifact.path());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + artifact.path(), e);
    }
  }

  private static long size(Artifact artifact) {
    try {
      return Files.size(artifact.path());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + artifact.path(), e);
    }
  }

  /** Runs one check; what it refuses is kept, so that the next check runs as well. */
  private static <T> T collect(List<Finding> findings, Supplier<T> check) {
    try {
      return check.get();
    } catch (Refusal e) {
      findings.addAll(e.findings());
      return null;
    }
  }
}
