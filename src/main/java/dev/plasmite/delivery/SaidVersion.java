package dev.plasmite.delivery;

import dev.plasmite.client.Exit;
import dev.plasmite.gate.Finding;
import dev.plasmite.version.SemVer;
import dev.plasmite.version.Spelling;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a program says the version that was released: the first version in what it prints must be this one, whole. A text
 * that names it as a part of another ({@code 1.2.0-rc.1}, {@code 11.2.0}, {@code 1.2.0.1}) or beside another ({@code 1.1.0,
 * 1.2.0 is available}) does not say it.
 */
final class SaidVersion {

  /** Anything with three numbers or more, and whatever hangs on it without a gap. */
  private static final Pattern VERSION =
      Pattern.compile("(?<![0-9A-Za-z.+_~-])v?(?<version>[0-9]+\\.[0-9]+\\.[0-9]+(?:[0-9A-Za-z+_~-]|\\.(?=[0-9A-Za-z]))*)");

  private final SemVer version;
  private final Set<String> spellings = new LinkedHashSet<>();

  SaidVersion(SemVer version) {
    this.version = version;
    spellings.add(version.toString());
    Spelling.PEP440.spell(version).ifPresent(spellings::add); // a Python program says 1.2.0rc1
  }

  /** What is wrong with how a smoke command ended; nothing when it said the version. */
  Optional<Finding> judge(String where, Exit exit) {
    if (!exit.ok()) {
      return Optional.of(
          Finding.of(
                  "the program installed from " + where + " does not run: it "
                      + (exit.timedOut() ? "did not end in time" : "ended with code " + exit.code()) + ": " + exit.tail(8))
              .remedy("users meet the same: release a mended version"));
    }
    Optional<String> said = first(exit.out()).or(() -> first(exit.err()));
    return said.filter(spellings::contains).isPresent()
        ? Optional.empty()
        : Optional.of(
            Finding.of("the program installed from " + where + " does not say " + version + " but: " + exit.tail(3))
                .remedy("the channel delivers another program than the one that was built; release a mended version"));
  }

  private static Optional<String> first(String text) {
    Matcher found = VERSION.matcher(text);
    return found.find() ? Optional.of(found.group("version")) : Optional.empty();
  }
}
