package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.TrackedFiles;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All manifests of a work tree, each with the reason why it carries the product's version or does not.
 *
 * @param root the work tree
 * @param members the manifests that carry the version, by path
 * @param exclusions the tracked manifests that do not, each with the rule that says so
 * @param undecided tracked manifests that are neither: {@code verify-alignment} fails on them, {@code bump} leaves them
 * @param problems manifests that cannot be read, and mistakes in the plan
 * @param leader the site that says which version the lockstep carries; null when there is none
 * @param version the version that the lockstep carries now; null when there is none
 */
public record Lockstep(
    Path root,
    List<Member> members,
    List<Exclusion> exclusions,
    List<Undecided> undecided,
    List<Finding> problems,
    Site leader,
    SemVer version) {

  public Lockstep {
    members = List.copyOf(members);
    exclusions = List.copyOf(exclusions);
    undecided = List.copyOf(undecided);
    problems = List.copyOf(problems);
  }

  /**
   * A manifest of the lockstep.
   *
   * @param sites in the order of the file; none when it takes its version from another member
   * @param rule the rule by which its own version is its own, so that only what it repeats of the product follows
   *     ("an example: below examples/"); empty for a member in full
   */
  public record Member(String path, String format, List<Site> sites, String rule) {
    public Member {
      sites = List.copyOf(sites);
    }
  }

  /** A manifest that is no member, and why. */
  public record Exclusion(String path, String format, String rule) {

    @Override
    public String toString() {
      return path + "  excluded: " + rule;
    }
  }

  /**
   * A manifest of which nothing says whether it is a member.
   *
   * @param listed whether the plan lists it, but its own version is far from the lockstep's: only what it requires follows
   */
  public record Undecided(Place place, String format, String reason, boolean listed) {

    /** The finding of {@code verify-alignment}. */
    public Finding finding() {
      if (listed) {
        return Finding.of("this " + format + " is listed, and requires the product at its version, but " + reason)
            .at(place)
            .remedy("write the product's version there; or give its <manifest> a <pattern> of what is to follow");
      }
      return Finding.of("this " + format + " is neither in the lockstep nor excluded: " + reason)
          .at(place)
          .remedy("list it under <lockstep><manifests>, or name it in <lockstep><excludes><exclude>" + place.file() + "</exclude>");
    }
  }

  /**
   * Reads all tracked manifests and decides.
   *
   * @param wanted the version that is to be written or verified, which tells which of several groups of packages is
   *     meant; nothing when none is known
   * @throws Refusal when the directory is in no git work tree
   * @throws OutsideFailure when a file cannot be read
   */
  public static Lockstep resolve(Path root, LockstepPlan plan, Optional<SemVer> wanted) {
    Scan.Result scan = new Scan(root).run(TrackedFiles.of(root), plan);
    return new Membership(root, scan, plan, wanted.orElse(null)).decide();
  }

  /** The version that the lockstep carries now. */
  public Optional<SemVer> carried() {
    return Optional.ofNullable(version);
  }

  /** All version sites, by path and place. */
  public List<Site> sites() {
    return members.stream().flatMap(m -> m.sites().stream()).toList();
  }
}
