package dev.plasmite.mojo.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads where a channel is outside the sandbox, and which server of Maven's settings lets the train in. */
final class ChannelPlaces {

  private static final Map<String, Set<String>> MEAN_SOMETHING =
      Map.of(
          "crates.io", Set.of("index", "server"),
          "npm", Set.of("endpoint", "index", "server"),
          "pypi", Set.of("endpoint", "index", "server"),
          "github", Set.of("endpoint", "server"),
          "homebrew", Set.of("server"));

  private ChannelPlaces() {}

  /** Puts what is given into a channel's settings, or notes why it cannot be. */
  static void read(ChannelParameters given, Map<String, String> settings, Mistakes mistakes) {
    Set<String> meaningful = MEAN_SOMETHING.getOrDefault(String.valueOf(given.name), Set.of("endpoint", "index", "server"));
    List<String> names = new ArrayList<>(List.of("endpoint", "index", "server"));
    for (String name : names) {
      String value = switch (name) {
        case "endpoint" -> given.endpoint;
        case "index" -> given.index;
        default -> given.server;
      };
      if (value == null) {
        continue;
      }
      String parameter = "<channels><channel><" + name + ">";
      if (!meaningful.contains(name)) {
        mistakes.add(parameter, "means nothing to channel " + given.name, "leave it away" + ("crates.io".equals(given.name) ? ": cargo takes the place to publish to from the <index>" : ""));
      } else if (!name.equals("server")) {
        address(parameter, value, mistakes);
      }
      settings.put(name, value);
    }
    if (given.tap != null && given.tap.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/@]*:[^/@]*@.*")) {
      mistakes.add("<channels><channel><tap>", "holds a password", "leave it out of the address");
    }
  }

  /** Not shown when it is wrong, since it may hold a password. */
  private static void address(String parameter, String value, Mistakes mistakes) {
    try {
      URI uri = URI.create(value.replaceFirst("^sparse\\+", ""));
      boolean here = Set.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(uri.getHost()));
      if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && here)) {
        mistakes.add(parameter, "is no address that begins with https", "write https://HOST/PATH");
      } else if (uri.getRawUserInfo() != null) {
        mistakes.add(parameter, "holds a user or password", "leave it out of the address and name a <server>");
      }
    } catch (IllegalArgumentException e) {
      mistakes.add(parameter, "is no address", "write https://HOST/PATH");
    }
  }
}
