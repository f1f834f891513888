package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages whose version is the product's: by name in their ecosystem, and by directory. */
final class OwnPackages {

  private final Map<Ecosystem, Set<String>> names = new EnumMap<>(Ecosystem.class);
  private final Map<Ecosystem, Set<String>> directories = new EnumMap<>(Ecosystem.class);
  /** Where a requirement without a path, or a lock's entry, is already known to mean what lies in the repository. */
  private static final Set<Ecosystem> LOCAL = Set.of(Ecosystem.CARGO, Ecosystem.NPM, Ecosystem.PYTHON);

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*\\}");

  /** Properties of Maven from which the version of an own project is taken in another POM. */
  private final Set<String> properties = new HashSet<>();
  private final List<Declaration> inheriting = new ArrayList<>();
  private final Meanings meanings;
  private final Predicate<Reference> isGone;

  /**
   * Finds them.
   *
   * @param meanings what texts mean as versions
   * @param isGone whether the directory that a repetition names holds no manifest
   */
  OwnPackages(List<Scan.Read> reads, Set<Declaration> own, List<String> configured, Meanings meanings, Predicate<Reference> isGone) {
    this.meanings = meanings;
    this.isGone = isGone;
    for (Ecosystem ecosystem : Ecosystem.values()) {
      names.put(ecosystem, new HashSet<>(configured));
      directories.put(ecosystem, new HashSet<>());
    }
    Map<String, Boolean> workspaces = new HashMap<>();
    for (Scan.Read read : reads) {
      for (Declaration declared : read.manifest().packages()) {
        boolean isOwn = own.contains(declared);
        // A Go module has its version from the tag alone, a CMake project often from a variable.
        boolean unversioned = declared.ecosystem() == Ecosystem.GO || declared.ecosystem() == Ecosystem.CMAKE && declared.version() == null;
        if (isOwn || unversioned && read.rule() == null) {
          add(read, declared);
        }
        if (declared.ecosystem() == Ecosystem.CARGO && declared.name().isEmpty()) {
          workspaces.put(read.manifest().directory(), isOwn);
        }
      }
    }
    for (Scan.Read read : reads) {
      for (Declaration declared : read.manifest().packages()) {
        if (declared.inherits() && declared.ecosystem() == Ecosystem.CARGO && above(workspaces, read.manifest().directory())) {
          add(read, declared);
          inheriting.add(declared);
        }
      }
    }
    inheritedPoms(reads);
    dynamicPython(reads, own);
    reads.stream()
        .flatMap(r -> r.manifest().uses().stream())
        .filter(u -> names.get(Ecosystem.MAVEN).contains(u.name()))
        .forEach(u -> properties.add(u.property()));
  }

  /** A project without a version has its parent's. */
  private void inheritedPoms(List<Scan.Read> reads) {
    boolean more = true;
    while (more) {
      more = false;
      for (Scan.Read read : reads) {
        for (Declaration declared : read.manifest().packages()) {
          if (declared.ecosystem() == Ecosystem.MAVEN
              && declared.inherits()
              && !names.get(Ecosystem.MAVEN).contains(declared.name())
              && names.get(Ecosystem.MAVEN).contains(declared.parent())) {
            add(read, declared);
            inheriting.add(declared);
            more = true;
          }
        }
      }
    }
  }

  /** A Python package whose version is dynamic takes it from a file in its directory, or from the crate there. */
  private void dynamicPython(List<Scan.Read> reads, Set<Declaration> own) {
    Set<String> versioned = new HashSet<>(directories.get(Ecosystem.CARGO));
    for (Scan.Read read : reads) {
      if (read.rule() == null && read.manifest().packages().stream().anyMatch(own::contains)) {
        versioned.add(read.manifest().directory());
      }
    }
    for (Scan.Read read : reads) {
      String directory = read.manifest().directory();
      for (Declaration declared : read.manifest().packages()) {
        if (declared.ecosystem() == Ecosystem.PYTHON
            && declared.version() == null
            && read.rule() == null
            && !names.get(Ecosystem.PYTHON).contains(declared.name())
            && versioned.stream().anyMatch(v -> directory.isEmpty() || v.equals(directory) || v.startsWith(directory + "/"))) {
          add(read, declared);
          inheriting.add(declared);
        }
      }
    }
  }

  private void add(Scan.Read read, Declaration declared) {
    if (!declared.name().isEmpty()) {
      names.get(declared.ecosystem()).add(declared.name());
      directories.get(declared.ecosystem()).add(read.manifest().directory());
    }
  }

  private static boolean above(Map<String, Boolean> workspaces, String directory) {
    for (String at = directory; ; at = Paths.parent(at)) {
      if (workspaces.containsKey(at)) {
        return workspaces.get(at);
      }
      if (at.isEmpty()) {
        return false;
      }
    }
  }

  /** Declarations that take their version from an own workspace or parent. */
  List<Declaration> inheriting() {
    return inheriting;
  }

  /**
   * Whether a repetition follows the lockstep.
   *
   * @param stranger whether the manifest is no member: it may want an older version on purpose
   */
  boolean own(Reference reference, SemVer carried, boolean stranger) {
    return follows(reference, carried, stranger) && isUnderstood(reference.site());
  }

  /** Ranges and the like, which have no one version to be replaced, stay as they are. */
  private boolean isUnderstood(Site site) {
    if (site.spelling() == Spelling.SUFFIX || site.spelling() == Spelling.EMPTY) {
      return true;
    }
    return site.form() == Site.Form.VERSION ? meanings.of(site).isPresent() : Requirement.of(site.text()).isPresent() || VersionWindow.of(site.text()).isPresent();
  }

  private boolean follows(Reference reference, SemVer carried, boolean stranger) {
    Site site = reference.site();
    boolean named = names.get(reference.ecosystem()).contains(reference.name());
    if (reference.directory() != null) {
      // A path to nothing is a mistake about the directory, not about whose package it is.
      return directories.get(reference.ecosystem()).contains(reference.directory())
          || named && !reference.name().isEmpty() && isGone.test(reference);
    }
    return switch (reference.rule()) {
      case OWN -> named && (!stranger || LOCAL.contains(reference.ecosystem()) || meanings.says(site, carried));
      case OWN_AND_CURRENT -> named && meanings.says(site, carried);
      case LIKE_OWN_AND_CURRENT -> named && !stranger || meanings.says(site, carried) && (named || isLikeOwn(reference));
      case PROPERTY -> properties.contains(reference.name()) && meanings.says(site, carried);
      case BESIDE -> !stranger;
      case PLATFORM -> named || meanings.says(site, carried) && isPlatformPackage(reference.name());
    };
  }

  /** {@code engine_${scala.version}} where an own project is {@code engine_2.13}. */
  private boolean isLikeOwn(Reference reference) {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    for (Matcher m = PLACEHOLDER.matcher(reference.name()); m.find(); from = m.end()) {
      pattern.append(Pattern.quote(reference.name().substring(from, m.start()))).append("[^:]+");
    }
    Pattern like = Pattern.compile(pattern.append(Pattern.quote(reference.name().substring(from))).toString());
    return names.get(reference.ecosystem()).stream().anyMatch(own -> like.matcher(own).matches());
  }

  /** {@code @product/cli-linux-x64} beside {@code @product/cli}, {@code product-linux-x64} beside {@code product}. */
  private boolean isPlatformPackage(String name) {
    return names.get(Ecosystem.NPM).stream()
        .anyMatch(
            own ->
                name.startsWith(own + "-")
                    || own.startsWith("@") && name.startsWith(own.substring(0, own.indexOf('/') + 1))
                    || name.startsWith("@" + own + "/"));
  }
}
