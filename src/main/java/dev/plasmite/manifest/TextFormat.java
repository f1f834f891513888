package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file in which versions stand behind fixed words. Each match of a version pattern declares, in group {@code v},
 * the product's version; each match of a reference pattern repeats, in {@code v}, the version of what {@code n} names.
 */
final class TextFormat implements Format {

  /** A version as it stands in any ecosystem, for group {@code v}. */
  static final String V = "(?<v>[0-9]+(?:\\.[0-9]+)+[0-9A-Za-z.+-]*)";

  private static final Pattern MENTION = Pattern.compile("(?i:version)[^\\n]{0,80}?(?<![0-9A-Za-z.])v?(?<v>[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z+-]*(?:\\.[0-9A-Za-z+-]+)*)");

  /** Longer texts, in characters, are made by programs. */
  private static final int WRITTEN = 200_000;

  /** More of them in one file tell nothing more. */
  private static final int MENTIONS = 50;

  private record Declared(Pattern pattern, String why, boolean weak, Pattern where, Pattern use) {}

  private record Repeated(Pattern pattern, Ecosystem ecosystem, Rule rule, Site.Form form) {}

  private final String name;
  private final Naming naming;
  private final Spelling spelling;
  private final boolean weak;
  private final List<Declared> declared = new ArrayList<>();
  private final List<Repeated> repeated = new ArrayList<>();
  private BiConsumer<TextFile, Facts> others = (file, facts) -> {};
  private Pattern ownName;
  private Ecosystem ecosystem = Ecosystem.PRODUCT;

  /**
   * A format without patterns yet.
   *
   * @param weak whether its version counts only where it agrees with the lockstep
   */
  TextFormat(String name, Spelling spelling, boolean weak, Naming naming) {
    this.name = name;
    this.naming = naming;
    this.spelling = spelling;
    this.weak = weak;
  }

  /** Adds a pattern of the file's own version; {@code ^} is the beginning of a line. */
  TextFormat version(String why, String pattern) {
    declared.add(new Declared(Pattern.compile(pattern, Pattern.MULTILINE), why, weak, null, null));
    return this;
  }

  /** As {@link #version}, in files in which another pattern is found. */
  TextFormat versionWhere(String where, String why, String pattern) {
    declared.add(new Declared(Pattern.compile(pattern, Pattern.MULTILINE), why, weak, Pattern.compile(where), null));
    return this;
  }

  /**
   * As {@link #version}, of a variable that the version is taken from.
   *
   * @param use where the variable is named, in group {@code n}
   * @param definition a variable, in {@code n}, and its version
   */
  TextFormat variable(String why, String use, String definition) {
    declared.add(new Declared(Pattern.compile(definition, Pattern.MULTILINE), why, weak, null, Pattern.compile(use, Pattern.MULTILINE)));
    return this;
  }

  /** As {@link #variable}, of a version that counts only where it agrees. */
  TextFormat weakVariable(String why, String use, String definition) {
    declared.add(new Declared(Pattern.compile(definition, Pattern.MULTILINE), why, true, null, Pattern.compile(use, Pattern.MULTILINE)));
    return this;
  }

  /** Adds what patterns cannot say. */
  TextFormat also(BiConsumer<TextFile, Facts> reader) {
    others = others.andThen(reader);
    return this;
  }

  /** As {@link #version}, of a version that need not be the product's: it counts only where it agrees. */
  TextFormat value(String why, String pattern) {
    declared.add(new Declared(Pattern.compile(pattern, Pattern.MULTILINE), why, true, null, null));
    return this;
  }

  /** Adds the pattern of the file's own name, in group {@code n}, and says where such names count. */
  TextFormat named(Ecosystem where, String pattern) {
    ecosystem = where;
    ownName = Pattern.compile(pattern, Pattern.MULTILINE);
    return this;
  }

  /** Adds a pattern of a version that is repeated here. */
  TextFormat reference(Ecosystem where, Rule rule, Site.Form form, String pattern) {
    repeated.add(new Repeated(Pattern.compile(pattern, Pattern.MULTILINE), where, rule, form));
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Naming naming() {
    return naming;
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    String own = "";
    if (ownName != null) {
      Matcher m = ownName.matcher(file.text());
      own = m.find() ? name(ecosystem, m.group("n")) : "";
    }
    for (Declared pattern : declared) {
      Matcher m = matcher(pattern.pattern, file);
      boolean holds = pattern.where == null || matcher(pattern.where, file).find();
      Set<String> used = used(pattern, file);
      while (holds && m.find()) {
        if (pattern.use != null && !used.contains(m.group("n"))) {
          continue;
        }
        Site site = Site.of(file, m.start("v"), m.end("v"), pattern.why, spelling, Site.Form.VERSION);
        facts.packages.add(new Declaration(ecosystem, own, site, false, pattern.weak));
      }
    }
    others.accept(file, facts);
    if (facts.packages.isEmpty() && !own.isEmpty()) {
      facts.packages.add(new Declaration(ecosystem, own, null, false, weak));
    }
    for (Repeated pattern : repeated) {
      Matcher m = matcher(pattern.pattern, file);
      while (m.find()) {
        Site site = Site.of(file, m.start("v"), m.end("v"), "version of " + m.group("n"), spelling, pattern.form);
        facts.references.add(new Reference(pattern.ecosystem, name(pattern.ecosystem, m.group("n")), null, site, pattern.rule));
      }
    }
    if (file.text().length() < WRITTEN && facts.packages.stream().allMatch(p -> p.version() == null)) {
      Matcher m = matcher(MENTION, file);
      for (int n = 0; n < MENTIONS && m.find(); n++) {
        facts.mentions.add(Site.of(file, m.start("v"), m.end("v"), "a version", spelling, Site.Form.VERSION));
      }
    }
    facts.packages.sort(Comparator.comparingInt(p -> p.version() == null ? 0 : p.version().start()));
    return facts.of(file, this);
  }

  private static Set<String> used(Declared pattern, TextFile file) {
    Set<String> names = new HashSet<>();
    if (pattern.use != null) {
      for (Matcher m = matcher(pattern.use, file); m.find(); ) {
        names.add(m.group("n"));
      }
    }
    return names;
  }

  /** Whether nothing here is worth to be named when it says no version. */
  boolean isSilentWhenEmpty() {
    return ownName == null || ecosystem == Ecosystem.CMAKE;
  }

  private static String name(Ecosystem where, String name) {
    return where == Ecosystem.PYTHON ? Pyproject.normal(name) : name;
  }

  private static Matcher matcher(Pattern pattern, TextFile file) {
    return pattern.matcher(file.text()).region(file.begin(), file.text().length());
  }
}
