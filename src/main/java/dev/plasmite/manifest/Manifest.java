package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import java.util.List;

/**
 * What a format found in one file: facts, before anything is decided.
 *
 * @param path relative to the repository, with {@code /}
 * @param format the format's name, such as {@code Cargo.toml}
 * @param packages what the file declares
 * @param references where it repeats the version of something declared elsewhere
 * @param memberGlobs directories (globs relative to the repository) that this file makes part of its build
 * @param uses where it takes a version from a property that is not defined here
 * @param sources files (relative to the repository, some perhaps absent) that it says to hold its version
 * @param mentions where a text that declares no version has one all the same, behind the word "version"
 * @param problems why it cannot be read; the rest is then incomplete
 */
public record Manifest(
    String path,
    String format,
    List<Declaration> packages,
    List<Reference> references,
    List<String> memberGlobs,
    List<Use> uses,
    List<String> sources,
    List<Site> mentions,
    List<Finding> problems) {

  public Manifest {
    packages = List.copyOf(packages);
    references = List.copyOf(references);
    memberGlobs = List.copyOf(memberGlobs);
    uses = List.copyOf(uses);
    sources = List.copyOf(sources);
    mentions = List.copyOf(mentions);
    problems = List.copyOf(problems);
  }

  /** The directory of the file; empty for the root. */
  public String directory() {
    return Paths.parent(path);
  }

  /** The namespaces in which packages have names. */
  public enum Ecosystem {
    CARGO,
    NPM,
    PYTHON,
    MAVEN,
    DART,
    BAZEL,
    GO,
    NUGET,
    CMAKE,
    /** A version of the product as a whole: VERSION files, CMake, a formula. */
    PRODUCT
  }

  /**
   * A package, workspace or product that a manifest declares.
   *
   * @param ecosystem where its name counts
   * @param name the package's name in the ecosystem's normal form; empty when it has none
   * @param version where its version stands; null when it takes it from elsewhere
   * @param inherits whether the version comes from the workspace or parent above
   * @param weak whether this is not published or says a version of whatever is around it (a private package, a
   *     Makefile), so that it counts only when it agrees with the lockstep
   * @param satellite whether another package needs it and leads, as npm's packages for one platform: many that say one
   *     thing
   * @param parent the name of the project that it inherits from, where the manifest says one; empty otherwise
   */
  public record Declaration(
      Ecosystem ecosystem, String name, Site version, boolean inherits, boolean weak, boolean satellite, String parent) {

    public Declaration(Ecosystem ecosystem, String name, Site version, boolean inherits, boolean weak) {
      this(ecosystem, name, version, inherits, weak, false, "");
    }
  }

  /**
   * A repetition of a version that something else declares.
   *
   * @param ecosystem where the name counts
   * @param name the name of what is repeated
   * @param directory the directory of what is repeated, when the manifest says it; null otherwise
   * @param site where it stands
   * @param rule when it follows the lockstep
   */
  public record Reference(Ecosystem ecosystem, String name, String directory, Site site, Rule rule) {}

  /** The version of what a name names is taken from a property of another manifest. */
  public record Use(String name, String property) {}

  /** When a repetition follows the lockstep. */
  public enum Rule {
    /** When the thing it names is declared by a member. */
    OWN,
    /** As {@link #OWN}, and it says the version that the lockstep carries now: an older one was meant. */
    OWN_AND_CURRENT,
    /** As {@link #OWN}; where the name holds a property that is not known here, it may be any own one's, if the version is current. */
    LIKE_OWN_AND_CURRENT,
    /** When it is a property, its name the one given, from which others take the version of own things, and it says the current one. */
    PROPERTY,
    /** When this very manifest's own version is the product's: a part of that version which stands apart from it. */
    BESIDE,
    /** When this very manifest's package is a member and says the same version: own platform packages. */
    PLATFORM
  }
}
