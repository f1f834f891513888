package dev.plasmite.artifact;

import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a version is spelled in artifacts of a kind, and in their file names. */
public final class KindSpelling {

  private static final Pattern PHASE = Pattern.compile("(alpha|a|beta|b|rc|dev)(0|[1-9][0-9]*)?");

  private KindSpelling() {}

  /** The spelling; empty when the ecosystem has none for this version. */
  public static Optional<String> of(Kind kind, SemVer version) {
    return kind == Kind.WHEEL || kind == Kind.SDIST ? python(version) : Optional.of(version.toString());
  }

  /** PEP 440, normalized: {@code 1.2.0-rc.1} is {@code 1.2.0rc1}. */
  private static Optional<String> python(SemVer version) {
    String core = version.major() + "." + version.minor() + "." + version.patch();
    String local = version.build().isEmpty() ? "" : "+" + String.join(".", version.build()).replace('-', '.').toLowerCase(java.util.Locale.ROOT);
    List<String> pre = version.prerelease();
    if (pre.isEmpty()) {
      return Optional.of(core + local);
    }
    Matcher phase = PHASE.matcher(pre.get(0));
    boolean split = pre.size() == 2 && pre.get(1).matches("0|[1-9][0-9]*");
    if (pre.size() > 2 || !phase.matches() || (pre.size() == 2 && (!split || phase.group(2) != null))) {
      return Optional.empty();
    }
    String number = split ? pre.get(1) : phase.group(2) == null ? "0" : phase.group(2);
    String word =
        switch (phase.group(1)) {
          case "alpha", "a" -> "a";
          case "beta", "b" -> "b";
          case "rc" -> "rc";
          default -> ".dev";
        };
    return Optional.of(core + word + number + local);
  }
}
