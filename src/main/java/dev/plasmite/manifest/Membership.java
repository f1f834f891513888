package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Place;
import dev.plasmite.manifest.Lockstep.Exclusion;
import dev.plasmite.manifest.Lockstep.Member;
import dev.plasmite.manifest.Lockstep.Undecided;
import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides which manifests are of the lockstep: first by what they declare, then by what they repeat of that. */
final class Membership {

  private final Path root;
  private final Scan.Result scan;
  private final LockstepPlan plan;
  private final CarriedVersion carried;
  private final SemVer wanted;
  private final List<SemVer> earlier;
  private final Formats formats = Formats.KNOWN;
  private final List<Glob> built = new ArrayList<>();
  private final Meanings meanings = new Meanings();
  /** By identity: a declaration is itself, and its fields are many. */
  private final Set<Declaration> own = Collections.newSetFromMap(new IdentityHashMap<>());
  private final CurrentlyNamed named;

  Membership(Path root, Scan.Result scan, LockstepPlan plan, SemVer wanted) {
    this.root = root;
    this.scan = scan;
    this.plan = plan;
    this.wanted = wanted;
    this.carried = CarriedVersion.of(scan.manifests(), meanings, wanted, () -> new ReleasedVersions(root).nearest()).orElse(null);
    this.named = new CurrentlyNamed(meanings, carried == null ? null : carried.version());
    this.earlier = carried == null ? List.of() : new ReleasedVersions(root).before(carried.version(), 5);
  }

  Lockstep decide() {
    List<Scan.Read> reads = scan.manifests();
    reads.stream().filter(r -> r.rule() == null).flatMap(r -> r.manifest().memberGlobs().stream()).map(Glob::new).forEach(built::add);
    reads.stream().filter(r -> r.rule() == null).forEach(r -> named.note(r.manifest()));
    reads.forEach(this::declarations);
    OwnPackages packages = new OwnPackages(reads, own, plan.packages(), meanings, this::isGone);
    own.addAll(packages.inheriting());
    List<Exclusion> exclusions = new ArrayList<>(scan.excluded());
    List<Undecided> undecided = new ArrayList<>(scan.absent());
    List<Finding> problems = new ArrayList<>(scan.problems());
    Map<String, Map<Integer, Site>> sites = new TreeMap<>();
    Map<String, String> formats = new HashMap<>();
    Map<String, String> rules = new HashMap<>();
    for (Scan.Read read : reads) {
      Manifest manifest = read.manifest();
      problems.addAll(read.rule() == null ? manifest.problems() : List.of());
      Map<Integer, Site> found = sites(read, packages);
      boolean member = !found.isEmpty() || manifest.packages().stream().anyMatch(own::contains) || read.listed();
      if (member) {
        sites.computeIfAbsent(manifest.path(), k -> new TreeMap<>()).putAll(found);
        formats.put(manifest.path(), manifest.format());
        rules.put(manifest.path(), read.rule() == null ? "" : read.rule().text());
        unreadableVersions(read, found, problems);
      }
      if (read.listed()) {
        manifest.packages().stream()
            .filter(p -> p.version() != null && !p.weak() && !own.contains(p))
            .forEach(p -> undecided.add(new Undecided(p.version().place(), manifest.format(), "its own version is " + p.version().whole(), true)));
      } else if (manifest.problems().isEmpty()) {
        rest(read, member, exclusions, undecided);
      }
    }
    Set<String> bare = new TreeSet<>(scan.bare());
    reads.stream().filter(r -> r.listed() && isMute(r, sites)).forEach(r -> bare.add(r.manifest().path()));
    bareFiles(bare, sites, formats, problems);
    List<Member> members =
        sites.entrySet().stream().map(e -> new Member(e.getKey(), formats.get(e.getKey()), List.copyOf(e.getValue().values()), rules.getOrDefault(e.getKey(), ""))).toList();
    exclusions.sort(Comparator.comparing(Exclusion::path));
    undecided.sort(Comparator.comparing(u -> u.place().file()));
    return new Lockstep(
        root, members, exclusions, undecided, problems, carried == null ? null : carried.site(), carried == null ? null : carried.version());
  }

  /** Whether a listed manifest says no version where its format looks for one, and takes none from elsewhere. */
  private boolean isMute(Scan.Read read, Map<String, Map<Integer, Site>> sites) {
    Manifest manifest = read.manifest();
    return sites.getOrDefault(manifest.path(), Map.of()).isEmpty()
        && manifest.problems().isEmpty()
        && manifest.packages().stream().noneMatch(own::contains);
  }

  private boolean isGone(Manifest.Reference reference) {
    return reference.ecosystem() == Manifest.Ecosystem.CARGO
        && !Files.exists(root.resolve(Paths.join(reference.directory(), "Cargo.toml")));
  }

  /** Which of a manifest's declarations are the product's. */
  private void declarations(Scan.Read read) {
    for (Declaration declared : read.manifest().packages()) {
      if (declared.version() != null && isOwn(read, declared)) {
        own.add(declared);
      }
    }
  }

  private boolean isOwn(Scan.Read read, Declaration declared) {
    if (read.listed() && !declared.weak()) {
      return !isIndependent(read.manifest(), declared);
    }
    if (read.listed()) {
      Optional<SemVer> says = meanings.of(declared.version());
      boolean only = read.manifest().packages().size() == 1 && read.manifest().references().isEmpty();
      return only || carried != null && says.filter(v -> Spelling.sameCore(v, carried.version())).isPresent();
    }
    if (!plan.members().isEmpty()) {
      return false;
    }
    SemVer version = meanings.of(declared.version()).orElse(null);
    if (version == null || carried == null) {
      return false;
    }
    if (read.rule() != null) {
      return Spelling.sameCore(version, carried.version()) && (isBuilt(read.manifest()) || named.isShown(declared, read.manifest().directory()));
    }
    if (Spelling.sameCore(version, carried.version())) {
      return true;
    }
    // Left behind by an earlier bump: others already require it at the lockstep's version, or it is one release behind.
    if (named.isRequired(declared) || named.isRequiredIn(declared, read.manifest().directory())) {
      return true;
    }
    return (isPrevious(version) || isTowardsWanted(version)) && !declared.weak() && !Exclusions.isInternal(read.manifest());
  }

  /**
   * Whether a listed manifest only follows the product: it requires it at the carried version, while its own version is
   * not even near. Then its own version stays, and {@code verify-alignment} says so.
   */
  private boolean isIndependent(Manifest manifest, Declaration declared) {
    SemVer version = meanings.of(declared.version()).orElse(null);
    if (carried == null || version == null || named.isRequired(declared)) {
      return false;
    }
    SemVer now = carried.version();
    boolean near = version.major() == now.major() && (now.major() > 0 || 2 * version.minor() >= now.minor() && version.minor() <= 2 * now.minor());
    return !near && !isPrevious(version) && manifest.references().stream().anyMatch(r -> meanings.says(r.site(), now));
  }

  /** Whether a version is work towards the wanted one or one left out: Maven's release plugin leaves {@code 1.2.1-SNAPSHOT} where others say 1.2.0. */
  private boolean isTowardsWanted(SemVer version) {
    return wanted != null
        && Spelling.isDevelopment(version)
        && wanted.compareTo(version) > 0
        && CarriedVersion.isStep(carried.version(), version)
        && (Spelling.sameCore(version, wanted) || version.major() == carried.version().major());
  }

  /** Whether a version is that of the release before: by its tag, or by the last number. */
  private boolean isPrevious(SemVer version) {
    SemVer now = carried.version();
    return !earlier.isEmpty() && Spelling.sameCore(version, earlier.get(0)) && isNear(earlier.get(0), now)
        || version.major() == now.major() && version.minor() == now.minor() && version.patch() + 1 == now.patch();
  }

  /** Whether a release can be the one before: else the tag is of another group of packages. */
  private static boolean isNear(SemVer tag, SemVer now) {
    return now.major() > 0 && tag.major() == now.major() || CarriedVersion.isStep(tag, now);
  }

  private boolean isBuilt(Manifest manifest) {
    return built.stream().anyMatch(g -> g.matches(manifest.directory()));
  }

  private Map<Integer, Site> sites(Scan.Read read, OwnPackages packages) {
    Map<Integer, Site> found = new TreeMap<>();
    for (Declaration declared : read.manifest().packages()) {
      if (declared.version() != null && own.contains(declared)) {
        found.put(declared.version().start(), declared.version());
      }
    }
    boolean follows = plan.members().isEmpty() || read.listed();
    boolean stranger = read.rule() != null || !read.listed() && read.manifest().packages().stream().noneMatch(own::contains);
    for (Manifest.Reference reference : read.manifest().references()) {
      if (follows && packages.own(reference, carried == null ? null : carried.version(), stranger)) {
        found.putIfAbsent(reference.site().start(), reference.site());
      }
    }
    return found;
  }

  private void unreadableVersions(Scan.Read read, Map<Integer, Site> found, List<Finding> problems) {
    for (Site site : found.values()) {
      if (read.listed() && site.form() == Site.Form.VERSION && site.spelling() != Spelling.SUFFIX && site.spelling() != Spelling.EMPTY && meanings.of(site).isEmpty()) {
        problems.add(
            Finding.of("'" + site.text() + "' is no version (" + site.why() + ")").at(site.place()).remedy("write a version such as 1.2.0"));
      }
    }
  }

  /** Why a manifest that is no member, or whose own version is not the product's, is left alone. */
  private void rest(Scan.Read read, boolean member, List<Exclusion> exclusions, List<Undecided> undecided) {
    Manifest manifest = read.manifest();
    List<Declaration> others = manifest.packages().stream().filter(p -> p.version() != null && !own.contains(p)).toList();
    if (others.isEmpty()) {
      if (!member) {
        unversioned(read, exclusions);
      }
      return;
    }
    Declaration other = others.get(0);
    String says = "its own version is " + other.version().whole();
    if (read.rule() != null) {
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), read.rule().text()));
    } else if (!plan.members().isEmpty()) {
      undecided.add(new Undecided(other.version().place(), manifest.format(), "it is not listed, and " + says, false));
    } else if (other.weak()) {
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), "not published, and " + says));
    } else if (Exclusions.isInternal(manifest)) {
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), "for tests or tools, and " + says));
    } else if (isTemplate(other.version())) {
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), "a template: '" + other.version().text() + "' is no version"));
    } else {
      undecided.add(
          new Undecided(other.version().place(), manifest.format(), says + (carried == null ? "" : ", the lockstep carries " + carried.version()), false));
    }
  }

  /** Names a manifest that declares no version; if it has the carried one all the same, where. */
  private void unversioned(Scan.Read read, List<Exclusion> exclusions) {
    Manifest manifest = read.manifest();
    Optional<Site> mention = manifest.mentions().stream().filter(s -> carried != null && meanings.says(s, carried.version())).findFirst();
    boolean silent =
        manifest.packages().isEmpty()
            && manifest.references().isEmpty()
            && formats.of(manifest.path()).filter(f -> f instanceof TextFormat text && text.isSilentWhenEmpty()).isPresent();
    if (mention.isPresent() && read.rule() == null) {
      String where = "says no version of the product where one is looked for, but line " + mention.get().place().line() + " has " + mention.get().text();
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), where + ": list it with a <pattern> if that is the product's"));
    } else if (!silent) {
      exclusions.add(new Exclusion(manifest.path(), manifest.format(), read.rule() != null ? read.rule().text() : "says no version of the product"));
    }
  }

  /** Whether what stands there is to be filled in, and not a version that is spelt wrong. */
  private boolean isTemplate(Site site) {
    String text = site.text();
    return meanings.of(site).isEmpty()
        && (text.chars().noneMatch(c -> c >= '0' && c <= '9') || text.chars().anyMatch(c -> "{}$@%<>*_ ".indexOf(c) >= 0));
  }

  /** Listed files in which no format finds a site and that have no pattern: every word that says the carried version is a site. */
  private void bareFiles(Set<String> paths, Map<String, Map<Integer, Site>> sites, Map<String, String> formats, List<Finding> problems) {
    for (String path : paths) {
      Optional<SemVer> version = Optional.ofNullable(carried).map(CarriedVersion::version);
      List<Site> found = BareText.sites(root, path, version.orElse(null), earlier);
      if (found.isEmpty()) {
        problems.add(
            Finding.of("no known version site is in this file, and it does not say " + version.map(SemVer::toString).orElse("a version"))
                .at(Place.file(path))
                .remedy("give its <manifest> a <pattern> with one group around the version"));
      }
      formats.put(path, "text");
      Map<Integer, Site> all = sites.computeIfAbsent(path, k -> new TreeMap<>());
      found.forEach(s -> all.put(s.start(), s));
    }
  }
}
