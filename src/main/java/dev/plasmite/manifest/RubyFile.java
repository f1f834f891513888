package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Declaration;
import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.version.Spelling;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Homebrew formulae ("Formula Cookbook") and casks, podspecs and gemspecs: the version, and the versions in the URLs and tags of
 * their own sources. Resources, bottles, patches and livecheck blocks are somebody else's.
 */
final class RubyFile implements Format {

  private static final Naming NAMING = Naming.ending(".podspec", ".gemspec", ".rb");

  private static final Pattern OTHERS =
      Pattern.compile("^([ \\t]*)(?:resource|bottle|livecheck|patch|head)\\b[^\\n]*\\bdo\\b[^\\n]*$", Pattern.MULTILINE);
  private static final Pattern VERSION =
      Pattern.compile(
          "^[ \\t]*(?:[\\w.]+\\.version\\s*=|version\\s|v(?:ersion)?\\s*=|VERSION\\s*=|[^#\\n]*\\bGem::Specification\\.new[ (]+[\"'][^\"'\\n]+[\"'],)\\s*[\"']v?(?<v>[0-9][0-9A-Za-z.+-]*)[\"']",
          Pattern.MULTILINE);
  private static final Pattern SOURCE =
      Pattern.compile("^[ \\t]*(?:url\\s|[\\w.]+\\.source\\s*=|tag:\\s|:tag\\s*=>)[^\\n]*", Pattern.MULTILINE);
  private static final Pattern TOKEN =
      Pattern.compile("(?<![0-9A-Za-z.])v?(?<v>[0-9]+\\.[0-9]+\\.[0-9]+(?:-(?:rc|alpha|beta|dev|pre)[0-9A-Za-z.]*[0-9A-Za-z])?)(?![0-9])");

  private final Spelling gem = Spelling.RUBYGEMS;

  @Override
  public String name() {
    return "formula";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  public boolean claims(String path) {
    if (path.endsWith(".podspec") || path.endsWith(".gemspec")) {
      return true;
    }
    String directory = Paths.name(Paths.parent(path));
    return path.endsWith(".rb") && (directory.equals("Formula") || directory.equals("HomebrewFormula") || directory.equals("Casks") || Paths.parent(path).contains("Formula/"));
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    String text = hideOthers(file.text());
    Spelling spelling = file.path().endsWith(".gemspec") ? gem : Spelling.SEMVER;
    Matcher version = VERSION.matcher(text);
    while (version.find()) {
      add(file, version.start("v"), version.end("v"), "version", spelling, facts);
    }
    Matcher source = SOURCE.matcher(text);
    while (source.find()) {
      Matcher token = TOKEN.matcher(text).region(source.start(), source.end());
      while (token.find()) {
        add(file, token.start("v"), token.end("v"), "version in the source's URL", spelling, facts);
      }
    }
    facts.packages.sort(java.util.Comparator.comparingInt(p -> p.version().start()));
    return facts.of(file, this);
  }

  private static void add(TextFile file, int start, int end, String why, Spelling spelling, Facts facts) {
    Site site = Site.of(file, start, end, why, spelling, Site.Form.VERSION);
    facts.packages.add(new Declaration(Ecosystem.PRODUCT, "", site, false, false));
  }

  /** The same text, as long as before, with the blocks of others blank. */
  private static String hideOthers(String text) {
    StringBuilder out = new StringBuilder(text);
    Matcher block = OTHERS.matcher(text);
    while (block.find()) {
      Matcher end = Pattern.compile("^" + block.group(1) + "end\\b", Pattern.MULTILINE).matcher(text);
      int to = end.find(block.end()) ? end.end() : text.length();
      for (int i = block.start(); i < to; i++) {
        if (text.charAt(i) != '\n') {
          out.setCharAt(i, ' ');
        }
      }
    }
    return out.toString();
  }
}
