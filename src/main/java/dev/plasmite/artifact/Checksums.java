package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checksums as {@code sha256sum} prints and checks them: a line {@code <64 hex>  <file>} each, sorted by file name.
 *
 * @param sha256 lower-case hex by file name
 */
public record Checksums(Map<String, String> sha256) {

  /** The usual file name. */
  public static final String FILE = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");

  public Checksums {
    sha256 = java.util.Collections.unmodifiableMap(new TreeMap<>(sha256));
  }

  /** The checksums of artifacts. */
  public static Checksums of(List<Artifact> artifacts) {
    Map<String, String> all = new TreeMap<>();
    artifacts.forEach(artifact -> all.put(artifact.file(), artifact.sha256()));
    return new Checksums(all);
  }

  /** The file's text, UTF-8, a newline after every line. */
  public byte[] text() {
    StringBuilder out = new StringBuilder();
    sha256.forEach((file, digest) -> out.append(digest).append("  ").append(file).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a checksums file.
   *
   * @throws Refusal with every line that is wrong
   */
  public static Checksums parse(byte[] text) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> all = new TreeMap<>();
    String[] lines = new String(text, StandardCharsets.UTF_8).split("\n", -1);
    if (text.length == 0 || !lines[lines.length - 1].isEmpty()) {
      findings.add(finding("ends in the middle of a line", lines.length));
    }
    for (int i = 0; i < lines.length - 1; i++) {
      Matcher line = LINE.matcher(lines[i]);
      if (!line.matches() || !ReleaseManifest.isFileName(line.group(2))) {
        findings.add(finding("no line of sha256sum: " + Shown.text(lines[i]), i + 1));
      } else if (all.put(line.group(2), line.group(1)) != null) {
        findings.add(finding(line.group(2) + " is there twice", i + 1));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new Checksums(all);
  }

  private static Finding finding(String what, int line) {
    return Finding.of(what).at(new Place(FILE, line, 0)).remedy("make it again: it must list every artifact once");
  }
}
