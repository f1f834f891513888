package dev.plasmite.sandbox.registry;

import dev.plasmite.sandbox.loopback.Rejection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one normal spelling of a Python version (version specifiers specification, "Normalization"). */
final class PythonVersion {

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
              + "(?:[-_.]?(?<pre>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?<pren>[0-9]*))?"
              + "(?:-(?<bare>[0-9]+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postn>[0-9]*))?"
              + "(?:[-_.]?(?<dev>dev)[-_.]?(?<devn>[0-9]*))?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private static final Map<String, String> PRE =
      Map.of("alpha", "a", "beta", "b", "preview", "rc", "pre", "rc", "c", "rc", "a", "a", "b", "b", "rc", "rc");

  private PythonVersion() {}

  /**
   * Normalizes a public version.
   *
   * @throws Rejection 400 when it is none, or a local one, which PyPI does not take
   */
  static String normal(String text) {
    Matcher m = GRAMMAR.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (text.length() > 200 || !m.matches()) {
      throw new Rejection(400, "Invalid value for version. Error: it is not a valid PEP 440 version.");
    }
    if (m.group("local") != null) {
      throw new Rejection(400, "The use of local versions is not allowed.");
    }
    StringBuilder out = new StringBuilder();
    if (m.group("epoch") != null && !number(m.group("epoch")).equals("0")) {
      out.append(number(m.group("epoch"))).append('!');
    }
    String separator = "";
    for (String part : m.group("release").split("\\.")) {
      out.append(separator).append(number(part));
      separator = ".";
    }
    if (m.group("pre") != null) {
      out.append(PRE.get(m.group("pre"))).append(number(m.group("pren")));
    }
    if (m.group("bare") != null || m.group("post") != null) {
      out.append(".post").append(number(m.group("bare") != null ? m.group("bare") : m.group("postn")));
    }
    if (m.group("dev") != null) {
      out.append(".dev").append(number(m.group("devn")));
    }
    return out.toString();
  }

  private static String number(String digits) {
    String bare = digits.replaceFirst("^0+(?=[0-9])", "");
    return bare.isEmpty() ? "0" : bare;
  }
}
