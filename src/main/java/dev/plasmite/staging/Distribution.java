package dev.plasmite.staging;

import dev.plasmite.artifact.SmallFile;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.artifact.Target;
import dev.plasmite.artifact.Target.Tier;
import dev.plasmite.artifact.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The document for people, {@value #PATH}, held against the targets file. Its lists "Official platforms:" and "Preview
 * platforms:" must name the targets that some channel carries at that tier (preview: and none as official); a row of its
 * channel table that names targets beside its tier must name the targets that the channel carries at that tier.
 */
public final class Distribution {

  /** Where the document is, in the repository. */
  public static final String PATH = "docs/record/distribution.md";

  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_]+(?:-[A-Za-z0-9_.]+){2,3})`");
  private static final Pattern HEADING = Pattern.compile("(Official|Preview) platforms:.*");

  private final Targets targets;
  private final String targetsFile;

  /**
   * For one targets file.
   *
   * @param targetsFile its path, for findings
   */
  public Distribution(Targets targets, String targetsFile) {
    this.targets = targets;
    this.targetsFile = targetsFile;
  }

  /** Every difference between the document and the targets; a document that is not there differs. */
  public List<Finding> drift(Path document) {
    if (!Files.exists(document)) {
      return List.of(finding("there is no such document, which says for people what " + targetsFile + " says for programs", 0));
    }
    List<String> lines = new String(SmallFile.bytes(document), StandardCharsets.UTF_8).lines().toList();
    List<Finding> findings = new ArrayList<>();
    Set<Tier> listed = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher heading = HEADING.matcher(lines.get(i));
      if (heading.matches()) {
        Tier tier = Tier.valueOf(heading.group(1).toUpperCase(Locale.ROOT));
        listed.add(tier);
        compare("the list of " + tier.id() + " platforms", i + 1, list(lines, i + 1), platforms(tier), findings);
      } else if (lines.get(i).startsWith("|")) {
        row(lines.get(i), i + 1, findings);
      }
    }
    for (Tier tier : Tier.values()) {
      if (!listed.contains(tier) && !platforms(tier).isEmpty()) {
        findings.add(finding("there is no list of " + tier.id() + " platforms, but " + targetsFile + " has "
            + String.join(", ", platforms(tier)), 0));
      }
    }
    return findings;
  }

  /** The names in the list items that follow a heading. */
  private static Set<String> list(List<String> lines, int from) {
    Set<String> out = new TreeSet<>();
    boolean begun = false;
    for (String line : lines.subList(from, lines.size())) {
      boolean item = line.startsWith("-") || line.startsWith("*") || (begun && line.startsWith("  "));
      if (!item && (begun || !line.isBlank())) {
        break;
      }
      begun |= item;
      out.addAll(names(line));
    }
    return out;
  }

  private void row(String line, int number, List<Finding> findings) {
    String[] cells = line.split("\\|", -1);
    Optional<String> channel = channel(cells.length > 1 ? cells[1] : "");
    if (channel.isEmpty()) {
      return;
    }
    for (String cell : cells) {
      for (Tier tier : Tier.values()) {
        if (cell.strip().startsWith("`" + tier.id() + "`") && !names(cell).isEmpty()) {
          compare(channel.get() + " (" + tier.id() + ")", number, names(cell), carried(channel.get(), tier), findings);
        }
      }
    }
  }

  private static Optional<String> channel(String cell) {
    String text = cell.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("homebrew") ? Optional.of("homebrew")
        : text.startsWith("npm") ? Optional.of("npm")
        : text.startsWith("pypi") ? Optional.of("pypi")
        : text.startsWith("cargo-binstall") ? Optional.of("cargo_binstall")
        : text.startsWith("github release") ? Optional.of("github_sdk") : Optional.empty();
  }

  private Set<String> platforms(Tier tier) {
    return targets.targets().stream()
        .filter(t -> t.has(tier) && (tier == Tier.OFFICIAL || !t.has(Tier.OFFICIAL)))
        .map(Target::rustTarget)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> carried(String channel, Tier tier) {
    return targets.targets().stream()
        .filter(t -> t.channels().get(channel) == tier)
        .map(Target::rustTarget)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void compare(String what, int line, Set<String> document, Set<String> file, List<Finding> findings) {
    Set<String> missing = new TreeSet<>(file);
    missing.removeAll(document);
    Set<String> extra = new TreeSet<>(document);
    extra.removeAll(file);
    if (!missing.isEmpty()) {
      findings.add(finding(what + " lacks " + String.join(", ", missing) + ", which " + targetsFile + " has", line));
    }
    if (!extra.isEmpty()) {
      findings.add(finding(what + " names " + String.join(", ", extra) + ", which " + targetsFile + " does not", line));
    }
  }

  private Finding finding(String what, int line) {
    return Finding.of(what)
        .at(new Place(PATH, line, 0))
        .remedy("make " + PATH + " and " + targetsFile + " say the same");
  }

  private static Set<String> names(String text) {
    Set<String> out = new TreeSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      out.add(name.group(1));
    }
    return out;
  }
}
