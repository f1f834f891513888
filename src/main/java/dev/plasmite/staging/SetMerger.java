package dev.plasmite.staging;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.LocalKey;
import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.artifact.Targets;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one staged set of those that several platforms of one build run staged. */
public final class SetMerger {

  private final LocalKey key;

  /**
   * A merger.
   *
   * @param key signs the merged set
   */
  public SetMerger(LocalKey key) {
    this.key = key;
  }

  /**
   * Merges.
   *
   * @param parts the directory of each platform's set, and the key that must have signed it
   * @param targets what a whole release has; empty when there is no targets file
   * @param into where the merged set goes; must be free
   * @throws Refusal with all that is wrong with a part, that differs between them, or that is missing for the targets
   */
  public ReleaseManifest merge(Map<Path, PublicKey> parts, Optional<Targets> targets, Path into) {
    List<Finding> findings = new ArrayList<>();
    Map<Path, ReleaseManifest> read = new LinkedHashMap<>();
    if (!new StagedSet(into).absent()) {
      findings.add(Finding.of("the place of the merged set is taken").at(Place.file(into.toString())).remedy("name a new directory"));
    }
    parts.forEach(
        (directory, signer) -> {
          try {
            read.put(directory, new StagedSet(directory).verify(signer));
          } catch (Refusal e) {
            e.findings().forEach(f -> findings.add(f.at(Place.file(directory + "/" + f.place()))));
          }
        });
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    ReleaseManifest merged = ReleaseManifest.merge(List.copyOf(read.values()));
    List<Finding> incomplete = targets.map(t -> t.incomplete(merged)).orElse(List.of());
    if (!incomplete.isEmpty()) {
      throw new Refusal(incomplete);
    }
    Path fresh = SetSwap.fresh(into);
    boolean done = false;
    try {
      for (Artifact artifact : merged.artifacts()) {
        demandSame(artifact, Digests.copy(artifact.path(), fresh.resolve(artifact.file())));
      }
      StagedSet set = new StagedSet(fresh);
      set.writePapers(merged, key);
      set.verifyWritten(key.publicKey());
      SetSwap.publish(fresh, into);
      done = true;
    } catch (IOException e) {
      throw new OutsideFailure("cannot copy the sets into " + fresh, e);
    } finally {
      if (!done) {
        Unpacker.delete(fresh);
      }
    }
    return ReleaseManifest.read(into.resolve(ReleaseManifest.FILE));
  }

  private static void demandSame(Artifact artifact, Digests copied) {
    if (!copied.equals(artifact.digests())) {
      throw new Refusal(
          Finding.of("its bytes changed while the sets were merged")
              .at(Place.file(artifact.path().toString()))
              .remedy("let nothing write there, and merge again"));
    }
  }
}
