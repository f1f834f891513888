package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.OutsideFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Where cargo-binstall would get a crate's programs from: the templates of {@code [package.metadata.binstall]} in the
 * manifest that the crate itself carries (cargo-binstall's documentation, "SUPPORT.md").
 */
final class BinstallTemplates {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\s*([a-z-]+)\\s*}");
  private static final Map<String, List<String>> FORMATS =
      Map.of(
          "tar", List.of("tar"), "tgz", List.of("tgz", "tar.gz"), "tbz2", List.of("tbz2", "tar.bz2"),
          "txz", List.of("txz", "tar.xz"), "tzstd", List.of("tzstd", "tzst", "tar.zst"), "zip", List.of("zip"), "bin", List.of("bin", "exe"));

  /** The targets that a template without overrides is tried for; what none of them reaches, no user gets. */
  static final List<String> TARGETS =
      List.of(
          "x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl",
          "x86_64-apple-darwin", "aarch64-apple-darwin", "x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc");

  private final String name;
  private final String version;
  private final String repository;
  private final TomlTable metadata;
  private final String bin;

  private BinstallTemplates(String name, String version, String repository, TomlTable metadata, String bin) {
    this.name = name;
    this.version = version;
    this.repository = repository;
    this.metadata = metadata;
    this.bin = bin;
  }

  /**
   * The templates of a staged crate; nothing when it has none.
   *
   * @throws OutsideFailure when its manifest cannot be read
   */
  static Optional<BinstallTemplates> of(Artifact crate) {
    TomlParseResult toml = CrateManifest.of(crate).toml();
    TomlTable metadata = toml.getTable("package.metadata.binstall");
    String name = String.valueOf(toml.getString("package.name"));
    String bin = toml.isArray("bin") && !toml.getArray("bin").isEmpty() ? toml.getArray("bin").getTable(0).getString("name") : name;
    return Optional.ofNullable(metadata)
        .map(
            table ->
                new BinstallTemplates(
                    name, String.valueOf(toml.getString("package.version")), String.valueOf(toml.getString("package.repository")), table, bin));
  }

  /** The targets that have a template of their own. */
  TreeSet<String> overridden() {
    TomlTable overrides = metadata.getTable("overrides");
    return overrides == null ? new TreeSet<>() : new TreeSet<>(overrides.keySet());
  }

  /** Whether there is a template for every target. */
  boolean general() {
    return metadata.contains("pkg-url");
  }

  /** What a target's template gives: every address that would be tried, in order. */
  List<String> addresses(String target) {
    Optional<String> template = value(target, "pkg-url");
    if (template.isEmpty()) {
      return List.of();
    }
    String format = value(target, "pkg-fmt").orElse("tgz");
    List<String> addresses = new ArrayList<>();
    for (String ending : FORMATS.getOrDefault(format, List.of(format))) {
      String address = filled(template.get(), target, ending);
      if (!addresses.contains(address)) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** Where in the archive a target's program is, by the template; nothing when it is left to cargo-binstall. */
  Optional<String> program(String target) {
    return value(target, "bin-dir").map(template -> filled(template, target, value(target, "pkg-fmt").orElse("tgz")));
  }

  private Optional<String> value(String target, String key) {
    TomlTable own = metadata.getTable(List.of("overrides", target));
    String value = own == null ? null : own.getString(List.of(key));
    return Optional.ofNullable(value == null ? metadata.getString(List.of(key)) : value);
  }

  /** Fills in what is known; what is not stays in braces, and so resolves to nothing. */
  private String filled(String template, String target, String ending) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] triple = target.split("-");
    boolean windows = target.contains("windows");
    values.put("name", name);
    values.put("bin", bin);
    values.put("version", version);
    values.put("repo", repository.replaceFirst("(?:\\.git)?/?$", ""));
    values.put("target", target);
    values.put("target-arch", triple[0]);
    values.put("target-family", target.contains("apple") ? "darwin" : windows ? "windows" : "linux");
    values.put("target-vendor", triple.length > 1 ? triple[1] : "unknown");
    values.put("target-libc", triple.length > 3 ? triple[3] : "unknown");
    values.put("archive-format", ending);
    values.put("format", ending);
    values.put("archive-suffix", ending.equals("bin") ? "" : "." + ending);
    values.put("binary-ext", windows ? ".exe" : "");
    Matcher variable = VARIABLE.matcher(template);
    return variable.replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }
}
