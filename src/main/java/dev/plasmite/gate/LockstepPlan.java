package dev.plasmite.gate;

import java.util.List;

/**
 * Which manifests carry the version.
 *
 * @param members the manifests that are listed; empty when all are to be discovered among the tracked files
 * @param excludes globs of paths relative to the repository that are no members, with {@code /} and {@code **}
 * @param packages names of further packages that belong to the product (a package that another manifest requires, say)
 */
public record LockstepPlan(List<Member> members, List<String> excludes, List<String> packages) {

  public LockstepPlan {
    members = List.copyOf(members);
    excludes = List.copyOf(excludes);
    packages = List.copyOf(packages);
  }

  /** Everything is discovered. */
  public static LockstepPlan discovered() {
    return new LockstepPlan(List.of(), List.of(), List.of());
  }

  /**
   * One listed manifest.
   *
   * @param path relative to the repository, with {@code /}
   * @param pattern for a text file of no known format: a regular expression whose single group is the version; null
   *     when the file's name tells the format
   * @param spelling how the version is spelt at the pattern's group: {@code semver}, {@code dart}, {@code pep440}, {@code maven}, {@code rubygems}, {@code numbers}, {@code major}, {@code minor}, {@code patch};
   *     null for {@code semver}
   */
  public record Member(String path, String pattern, String spelling) {}
}
