package dev.plasmite.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * pnpm-workspace.yaml ("pnpm-workspace.yaml" and "Catalogs" in pnpm's documentation): which packages are built together, and
 * the requirements that they share.
 */
final class PnpmWorkspace implements Format {

  private static final Naming NAMING = Naming.named("pnpm-workspace.yaml");
  private static final Pattern SECTION = Pattern.compile("^(packages|catalogs?|overrides)[ \\t]*:[^\\n]*\\n(?<body>(?:[ \\t#-][^\\n]*(?:\\n|\\z)|\\r?\\n)*+)", Pattern.MULTILINE);
  private static final Pattern ITEM = Pattern.compile("^[ \\t]*-[ \\t]+([\"']?)(?<glob>[^\"'#!\\s][^\"'#\\r\\n]*?)\\1[ \\t]*(?:#[^\\n]*)?\\r?$", Pattern.MULTILINE);
  private static final Pattern ENTRY = Pattern.compile("^[ \\t]+([\"']?)(?<n>@?[\\w./-]+)\\1[ \\t]*:[ \\t]+([\"']?)(?<v>[^\"'#\\s][^\"'#\\r\\n]*?)\\3[ \\t]*(?:#[^\\n]*)?\\r?$", Pattern.MULTILINE);

  @Override
  public String name() {
    return "pnpm workspace";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    Matcher section = SECTION.matcher(file.text()).region(file.begin(), file.text().length());
    while (section.find()) {
      if (section.group(1).equals("packages")) {
        Matcher item = ITEM.matcher(file.text()).region(section.start("body"), section.end("body"));
        while (item.find()) {
          String glob = Paths.resolve(file.directory(), item.group("glob"));
          if (glob != null) {
            facts.memberGlobs.add(glob);
          }
        }
      } else {
        Matcher entry = ENTRY.matcher(file.text()).region(section.start("body"), section.end("body"));
        while (entry.find()) {
          PackageJson.reference(file, "dependencies", entry.group("n"), entry.start("v"), entry.end("v"), facts);
        }
      }
    }
    return facts.of(file, this);
  }
}
