package dev.plasmite.manifest;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.git.TrackedFiles;
import dev.plasmite.version.Spelling;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Finds the manifests among the tracked files and reads them: facts, nothing decided. */
final class Scan {

  /** A manifest larger than this is no manifest; in bytes. */
  private static final long LARGEST = 64L * 1024 * 1024;

  private final Formats formats = Formats.KNOWN;
  private final Path root;

  /**
   * One manifest as it was read.
   *
   * @param listed whether the plan lists it
   * @param rule what excludes it; null for nothing
   */
  record Read(Manifest manifest, boolean listed, Exclusions.Rule rule) {}

  private record Task(String path, Format format, boolean listed, Exclusions.Rule rule) {}

  /** What was found: manifests, exclusions by path alone, listed files of no format, manifests that are not checked out, and mistakes in the plan. */
  record Result(List<Read> manifests, List<Lockstep.Exclusion> excluded, List<String> bare, List<Lockstep.Undecided> absent, List<Finding> problems) {}

  Scan(Path root) {
    this.root = root;
  }

  Result run(TrackedFiles tracked, LockstepPlan plan) {
    List<Finding> problems = new ArrayList<>();
    List<Lockstep.Exclusion> excluded = new ArrayList<>();
    List<String> bare = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    List<Task> fixtures = new ArrayList<>();
    Map<String, List<LockstepPlan.Member>> listed = new HashMap<>();
    plan.members().forEach(m -> listed.computeIfAbsent(m.path(), k -> new ArrayList<>()).add(m));
    for (Map.Entry<String, List<LockstepPlan.Member>> entry : listed.entrySet()) {
      listed(entry.getKey(), entry.getValue(), tasks, bare, problems);
    }
    Exclusions exclusions = new Exclusions(plan.excludes());
    for (String path : tracked.files()) {
      Optional<Format> format = listed.containsKey(path) ? Optional.empty() : formats.of(path);
      if (format.isEmpty()) {
        continue;
      }
      Exclusions.Rule rule = exclusions.of(path).orElse(null);
      if (rule != null && rule.extent() == Exclusions.Extent.UNLESS_BUILT) {
        fixtures.add(new Task(path, format.get(), false, rule));
      } else if (rule != null && rule.extent() == Exclusions.Extent.WHOLE) {
        excluded.add(new Lockstep.Exclusion(path, format.get().name(), rule.text()));
      } else {
        tasks.add(new Task(path, format.get(), false, rule));
      }
    }
    for (String path : tracked.links()) {
      formats.of(path).ifPresent(f -> excluded.add(new Lockstep.Exclusion(path, f.name(), exclusions.of(path).map(Exclusions.Rule::text).orElse("a symbolic link: what it leads to counts where it stands"))));
    }
    List<Lockstep.Undecided> absent = new ArrayList<>();
    for (String path : tracked.absent()) {
      Format format = formats.of(path).filter(f -> !(f instanceof TextFormat text && text.isSilentWhenEmpty())).orElse(null);
      Exclusions.Rule rule = exclusions.of(path).orElse(null);
      if (format != null && rule != null) {
        excluded.add(new Lockstep.Exclusion(path, format.name(), rule.text()));
      } else if (format != null && !listed.containsKey(path)) {
        absent.add(new Lockstep.Undecided(Place.file(path), format.name(), "it is not checked out here (git sparse-checkout)", false));
      }
    }
    List<Read> reads = tasks.parallelStream().map(this::read).flatMap(Optional::stream).collect(Collectors.toCollection(ArrayList::new));
    fixtures(reads, fixtures, excluded);
    sources(reads, tracked, listed.keySet(), exclusions);
    return new Result(reads, excluded, bare, absent, problems);
  }

  /** Reads the fixtures that a workspace names among its members: they are built with it. */
  private void fixtures(List<Read> reads, List<Task> fixtures, List<Lockstep.Exclusion> excluded) {
    List<Glob> built =
        reads.stream().filter(r -> r.rule() == null).flatMap(r -> r.manifest().memberGlobs().stream()).filter(Exclusions::namesFixtures).map(Glob::new).toList();
    for (Task task : fixtures) {
      String directory = Paths.parent(task.path);
      if (built.stream().anyMatch(g -> g.matches(directory))) {
        read(task).ifPresent(reads::add);
      } else {
        excluded.add(new Lockstep.Exclusion(task.path, task.format.name(), task.rule.text()));
      }
    }
  }

  /** Reads the files of other names that manifests say to hold their version. */
  private void sources(List<Read> reads, TrackedFiles tracked, Set<String> listed, Exclusions exclusions) {
    Set<String> named = new TreeSet<>();
    reads.stream().filter(r -> r.rule() == null).forEach(r -> named.addAll(r.manifest().sources()));
    named.removeIf(path -> listed.contains(path) || formats.of(path).isPresent() || exclusions.of(path).isPresent());
    if (!named.isEmpty()) {
      named.retainAll(new HashSet<>(tracked.files()));
      named.forEach(path -> read(new Task(path, formats.source(path), false, null)).ifPresent(reads::add));
    }
  }

  private void listed(
      String path, List<LockstepPlan.Member> members, List<Task> tasks, List<String> bare, List<Finding> problems) {
    if (!Files.isRegularFile(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
      problems.add(
          Finding.of("the lockstep lists " + path + ", which is no file").at(Place.file(path)).remedy("correct <manifest>, or restore the file"));
      return;
    }
    for (LockstepPlan.Member member : members) {
      Optional<Format> known = formats.of(path);
      if (member.pattern() != null) {
        pattern(member, problems).ifPresent(f -> tasks.add(new Task(path, f, true, null)));
      } else if (known.isPresent()) {
        tasks.add(new Task(path, known.get(), true, null));
      } else {
        bare.add(path);
      }
    }
  }

  private static Optional<Format> pattern(LockstepPlan.Member member, List<Finding> problems) {
    Spelling spelling = Spelling.named(member.spelling() == null ? "semver" : member.spelling()).orElse(null);
    if (spelling == null) {
      problems.add(
          Finding.of("<spelling> of " + member.path() + " is '" + member.spelling() + "'")
              .remedy("use one of " + String.join(", ", Spelling.configurable())));
      return Optional.empty();
    }
    try {
      Pattern pattern = Pattern.compile(member.pattern(), Pattern.MULTILINE);
      if (pattern.matcher("").groupCount() != 1) {
        problems.add(
            Finding.of("<pattern> of " + member.path() + " has not exactly one group")
                .remedy("put the version, and only it, into parentheses; use (?:...) for others"));
        return Optional.empty();
      }
      return Optional.of(new Configured(pattern, spelling));
    } catch (PatternSyntaxException e) {
      problems.add(
          Finding.of("<pattern> of " + member.path() + " is no regular expression: " + e.getDescription())
              .remedy("correct it; the syntax is that of java.util.regex.Pattern"));
      return Optional.empty();
    }
  }

  private Optional<Read> read(Task task) {
    Path file = root.resolve(task.path);
    try {
      BasicFileAttributes attributes = attributes(file);
      if (attributes == null || !attributes.isRegularFile()) {
        Manifest gone =
            new Manifest(
                task.path,
                task.format.name(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    Finding.of("git tracks this manifest, but it is gone")
                        .at(Place.file(task.path))
                        .remedy("restore it (git restore " + task.path + "), or remove it from git too")));
        return Optional.of(new Read(gone, task.listed, task.rule));
      }
      if (attributes.size() > LARGEST) {
        throw new OutsideFailure(task.path + " has more than " + LARGEST + " bytes; it is no manifest");
      }
      Manifest manifest = read(task.format, TextFile.of(task.path, Files.readAllBytes(file)));
      boolean empty = manifest.packages().isEmpty() && manifest.references().isEmpty() && manifest.mentions().isEmpty() && manifest.problems().isEmpty();
      return empty && !task.listed && task.format instanceof TextFormat text && text.isSilentWhenEmpty()
          ? Optional.empty()
          : Optional.of(new Read(manifest, task.listed, task.rule));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + task.path, e);
    }
  }

  private static Manifest read(Format format, TextFile file) {
    try {
      return format.read(file);
    } catch (StackOverflowError tooDeep) {
      Facts facts = new Facts();
      facts.unreadable(file, format, new SyntaxException("it is nested too deeply", 0));
      return facts.of(file, format);
    }
  }

  /** What is at a path, in one look; null for nothing. */
  private static BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException gone) {
      return null;
    }
  }

  /** The format of a listed file with a pattern. */
  private record Configured(Pattern pattern, Spelling spelling) implements Format {

    @Override
    public String name() {
      return "text";
    }

    @Override
    public Naming naming() {
      return Naming.named(); // the plan says which file it is
    }

    @Override
    public Manifest read(TextFile file) {
      Facts facts = new Facts();
      Matcher m = pattern.matcher(file.text()).region(file.begin(), file.text().length());
      while (m.find()) {
        if (m.start(1) >= 0) {
          Site site = Site.of(file, m.start(1), m.end(1), "the group of <pattern>", spelling, Site.Form.VERSION);
          facts.packages.add(new Manifest.Declaration(Manifest.Ecosystem.PRODUCT, "", site, false, false));
        }
      }
      if (facts.packages.isEmpty()) {
        facts.problems.add(
            Finding.of("<pattern> matches nothing in this file").at(Place.file(file.path())).remedy("correct the pattern"));
      }
      return facts.of(file, this);
    }
  }
}
