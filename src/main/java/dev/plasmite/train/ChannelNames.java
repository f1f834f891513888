package dev.plasmite.train;

import java.util.Map;

/** How channels are called: in the POM, and by their users. */
final class ChannelNames {

  private static final Map<String, String> SHOWN =
      Map.of("pypi", "PyPI", "github", "GitHub Releases", "homebrew", "Homebrew");

  private ChannelNames() {}

  /** The name as users say it. */
  static String shown(String configured) {
    return SHOWN.getOrDefault(configured, configured);
  }
}
