package dev.plasmite.sandbox.registry;

import dev.plasmite.sandbox.loopback.Rejection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a wheel or sdist, taken apart (binary and source distribution format specifications).
 *
 * @param file the name itself, a plain file name
 * @param wheel whether it is a wheel
 * @param project the project's normalized name
 * @param version the version, normalized
 */
record DistributionFile(String file, boolean wheel, String project, String version) {

  private static final Pattern WHEEL =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?)-([A-Za-z0-9_.!+]+)(?:-([0-9][A-Za-z0-9_.]*))?"
              + "-([A-Za-z0-9_.]+)-([A-Za-z0-9_.]+)-([A-Za-z0-9_.]+)\\.whl");
  private static final Pattern SDIST =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)-([A-Za-z0-9_.!+]+)\\.(?:tar\\.gz|zip)");

  /** Takes a name apart, or refuses it as PyPI does. */
  static DistributionFile of(String file) {
    if (file == null || file.length() > 200) {
      throw new Rejection(400, "Invalid filename.");
    }
    Matcher wheel = WHEEL.matcher(file);
    if (wheel.matches()) {
      return new DistributionFile(
          file, true, PyPiShelf.normalized(wheel.group(1)), PythonVersion.normal(wheel.group(2)));
    }
    Matcher sdist = SDIST.matcher(file);
    if (sdist.matches()) {
      return new DistributionFile(
          file, false, PyPiShelf.normalized(sdist.group(1)), PythonVersion.normal(sdist.group(2)));
    }
    throw new Rejection(400, "Invalid file extension or name: expected a wheel, .tar.gz or .zip.");
  }
}
