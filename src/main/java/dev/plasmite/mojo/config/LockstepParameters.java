package dev.plasmite.mojo.config;

import java.util.ArrayList;
import java.util.List;

/** {@code <lockstep>}: which manifests carry the version. */
public final class LockstepParameters {

  /** The manifests, when they are not to be discovered. */
  List<ManifestParameters> manifests = new ArrayList<>();

  /** Globs of tracked manifests that are no members, relative to the repository. */
  List<String> excludes = new ArrayList<>();

  /** Further packages of the product, whose requirements follow the version. */
  List<String> packages = new ArrayList<>();

  /** {@code <manifest>}: a path, or a path with a pattern for a file of no known format. */
  public static final class ManifestParameters {

    /** Path relative to the repository. */
    String path;

    /** A regular expression whose single group is the version. */
    String pattern;

    /** How the version is spelt there: semver (the default), dart, pep440, maven, rubygems, numbers; or one number alone: major, minor, patch. */
    String spelling;

    /** Takes {@code <manifest>PATH</manifest>}. */
    public void set(String text) {
      path = text;
    }
  }
}
