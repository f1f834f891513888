package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StagingPlan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Where artifacts of one kind say who they are. */
interface ArtifactFormat {

  /** How files of this kind are named. */
  Pattern fileName();

  /** A file name as an example. */
  String example();

  /** Whether a member's content is needed to tell the identity. */
  boolean reads(String member);

  /** Whether the digest of every member is needed. */
  default boolean digests() {
    return false;
  }

  /** The identity; what contradicts the format or the file name is added to the findings. */
  ArtifactIdentity identity(String file, ArchiveContents contents, List<Finding> findings);

  /** The format of a kind. */
  static ArtifactFormat of(Kind kind) {
    return switch (kind) {
      case CRATE -> new CrateFormat();
      case WHEEL -> new WheelFormat();
      case SDIST -> new SdistFormat();
      case NPM -> new NpmFormat();
      case SDK -> new SdkFormat();
      case OTHER -> new OtherFormat();
    };
  }

  /** A finding about an artifact as its builder made it. */
  static Finding finding(String file, String what) {
    return Finding.of(what).at(Place.file(file)).remedy("build it again with the ecosystem's own tool");
  }

  /** Kept content as text; damaged UTF-8 shows as replacement characters, which no comparison takes for equal. */
  static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
