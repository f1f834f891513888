package dev.plasmite.manifest;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Reference;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * pnpm-lock.yaml and yarn.lock. Own packages have no version of their own there; the requirements by which packages of
 * the workspace name each other are repeated, and have to follow, else an installation with a frozen lock fails.
 */
final class NodeLocks implements Format {

  private static final Naming NAMING = Naming.named("pnpm-lock.yaml", "yarn.lock");

  /** pnpm: a dependency that is linked to a directory, with the requirement that led to it. */
  private static final Pattern PNPM =
      Pattern.compile("^( +)(['\"]?)(?<n>@?[\\w./-]+)\\2:\\r?\\n\\1  specifier: (['\"]?)(?<v>[^'\"\\s]+)\\4\\r?\\n\\1  version: link:", Pattern.MULTILINE);

  /** yarn 2 and later: a block of a package in the workspace. */
  private static final Pattern BLOCK =
      Pattern.compile("^\"(?<head>[^\\n]*@workspace:[^\\n]*)\":\\r?\\n(?<body>(?:  [^\\n]*\\n?)*+)", Pattern.MULTILINE);

  private static final Pattern HEAD = Pattern.compile("(?<n>@?[\\w./-]+)@(?:npm:|workspace:)?(?<v>[\\^~=]?[0-9][^,\\s\"]*)");
  private static final Pattern LINE =
      Pattern.compile("^    \"?(?<n>@?[\\w./-]+)\"?: \"?(?:npm:|workspace:)?(?<v>[\\^~=]?[0-9][^\"\\s]*)\"?", Pattern.MULTILINE);

  /** As {@link #LINE}, under another name. */
  private static final Pattern ALIAS =
      Pattern.compile("^    \"?@?[\\w./-]+\"?: \"?(?:npm|workspace):(?<n>@?[\\w./-]+)@(?<v>[\\^~=]?[0-9][^\"\\s]*)\"?", Pattern.MULTILINE);

  @Override
  public String name() {
    return "Node lock";
  }

  @Override
  public Naming naming() {
    return NAMING;
  }

  @Override
  public Manifest read(TextFile file) {
    Facts facts = new Facts();
    if (file.name().equals("pnpm-lock.yaml")) {
      add(file, PNPM.matcher(file.text()), facts);
    } else if (file.text().contains("__metadata:")) {
      Matcher block = BLOCK.matcher(file.text());
      while (block.find()) {
        add(file, HEAD.matcher(file.text()).region(block.start("head"), block.end("head")), facts);
        add(file, LINE.matcher(file.text()).region(block.start("body"), block.end("body")), facts);
        add(file, ALIAS.matcher(file.text()).region(block.start("body"), block.end("body")), facts);
      }
    }
    return facts.of(file, this);
  }

  private static void add(TextFile file, Matcher m, Facts facts) {
    while (m.find()) {
      Site site =
          Site.of(file, m.start("v"), m.end("v"), "locked requirement of npm package " + m.group("n"), Spelling.SEMVER, Site.Form.REQUIREMENT);
      facts.references.add(new Reference(Ecosystem.NPM, m.group("n"), null, site, Rule.OWN_AND_CURRENT));
    }
  }
}
