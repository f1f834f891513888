package dev.plasmite.channel;

import dev.plasmite.client.Exit;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which wheels the configured Python takes, by pip's own list (PEP 425): it knows the interpreter, its ABI, the kind and the
 * version of the C library. Asked at most once, and only when there is a wheel that is not for everybody.
 */
final class WheelTags {

  private static final String FOR_EVERYBODY = "py3-none-any";
  private static final Pattern NAMED = Pattern.compile(".*-(?<python>[^-]+)-(?<abi>[^-]+)-(?<platform>[^-]+)\\.whl");
  private static final Pattern LISTED = Pattern.compile("(?m)^ +([^\\s-]+-[^\\s-]+-[^\\s-]+)\\s*$");

  private final Workbench bench;
  private Set<String> taken;

  WheelTags(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Why the Python of this machine does not take a wheel; nothing when it does, and when its pip does not say what it takes,
   * so that an installation is tried and says it better.
   *
   * @param wheel a wheel's file name
   */
  Optional<String> refusal(String wheel) {
    Matcher name = NAMED.matcher(wheel);
    if (!name.matches()) {
      return Optional.empty();
    }
    Set<String> tags = product(name.group("python"), name.group("abi"), name.group("platform"));
    if (tags.contains(FOR_EVERYBODY) || taken().isEmpty() || tags.stream().anyMatch(taken()::contains)) {
      return Optional.empty();
    }
    boolean platform = Stream.of(name.group("platform").split("\\.")).anyMatch(p -> taken().stream().anyMatch(tag -> tag.endsWith("-" + p)));
    return Optional.of(
        platform
            ? "it is for another Python than this machine's: it says " + name.group("python") + "-" + name.group("abi") + ", and here is " + best()
            : "it is for another platform than the Python here, on " + FilePlatform.here() + ": it says " + name.group("platform"));
  }

  private static Set<String> product(String... parts) {
    Set<String> all = new LinkedHashSet<>(List.of(""));
    for (String part : parts) {
      Set<String> longer = new LinkedHashSet<>();
      for (String beginning : all) {
        for (String word : part.split("\\.")) {
          longer.add(beginning.isEmpty() ? word : beginning + "-" + word);
        }
      }
      all = longer;
    }
    return all;
  }

  /** The tag that this Python likes best, as {@code cp311-cp311}. */
  private String best() {
    return taken().iterator().next().replaceFirst("-[^-]+$", "");
  }

  private synchronized Set<String> taken() {
    if (taken == null) {
      Path home = bench.freshHome("wheel-tags");
      Map<String, String> env = bench.environment(home);
      Set<String> said = ask(home, env, "python");
      if (said.isEmpty()) { // some systems keep pip apart from Python, and give it to virtual environments only
        Path venv = home.resolve("venv");
        boolean made = bench.run(home, env, List.of("python", "-m", "venv", venv.toString())).ok();
        said = made ? ask(home, env, PyPiInstall.programs(venv).resolve("python").toString()) : said;
      }
      taken = said;
    }
    return taken;
  }

  private Set<String> ask(Path home, Map<String, String> env, String python) {
    Exit exit = bench.run(home, env, List.of(python, "-I", "-m", "pip", "debug", "--verbose"));
    Set<String> tags = new LinkedHashSet<>();
    Matcher line = LISTED.matcher(exit.ok() ? exit.out().substring(Math.max(0, exit.out().indexOf("Compatible tags:"))) : "");
    while (line.find()) {
      tags.add(line.group(1));
    }
    return tags;
  }
}
