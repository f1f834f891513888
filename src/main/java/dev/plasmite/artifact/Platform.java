package dev.plasmite.artifact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An operating system and processor, in the spelling of SDK tarballs; the other spellings are translated to it.
 *
 * @param system {@code linux}, {@code darwin} or {@code windows}
 * @param processor {@code amd64} or {@code arm64}
 */
public record Platform(String system, String processor) {

  private static final List<String> SYSTEMS = List.of("linux", "darwin", "windows");
  private static final Pattern LINUX_WHEEL = Pattern.compile("(?:many|musl)?linux(?:[0-9]+|_[0-9]+_[0-9]+)?_(x86_64|aarch64)");
  private static final Pattern MAC_WHEEL = Pattern.compile("macosx_[0-9]+_[0-9]+_(x86_64|arm64)");

  /** The name in SDK tarballs, such as {@code linux_amd64}. */
  public String id() {
    return system + "_" + processor;
  }

  /** The platform that this JVM runs on; empty for one without a name here. */
  public static Optional<Platform> host() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String system = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    return of(system, System.getProperty("os.arch", ""));
  }

  /** From Rust's name, such as {@code aarch64-apple-darwin}. */
  public static Optional<Platform> ofRust(String triple) {
    int dash = triple.indexOf('-');
    return SYSTEMS.stream()
        .filter(s -> dash > 0 && triple.substring(dash).contains("-" + s))
        .findFirst()
        .flatMap(s -> of(s, triple.substring(0, dash)));
  }

  /** From the SDK's name, such as {@code darwin_arm64}. */
  public static Optional<Platform> ofSdk(String name) {
    String[] parts = name.split("_");
    return parts.length < 2 ? Optional.empty() : of(parts[0], parts[1]);
  }

  /** From Node's name, such as {@code win32-x64}. */
  public static Optional<Platform> ofNode(String name) {
    String[] parts = name.split("-");
    return parts.length < 2 ? Optional.empty() : of(parts[0].equals("win32") ? "windows" : parts[0], parts[1]);
  }

  /** From a wheel's tag, such as {@code py3-none-manylinux_2_17_x86_64}; empty for {@code any} and unknown ones. */
  public static Optional<Platform> ofWheelTag(String tag) {
    String platform = tag.substring(tag.lastIndexOf('-') + 1);
    var linux = LINUX_WHEEL.matcher(platform);
    var mac = MAC_WHEEL.matcher(platform);
    if (linux.matches()) {
      return of("linux", linux.group(1));
    }
    if (mac.matches()) {
      return of("darwin", mac.group(1));
    }
    return platform.startsWith("win_") ? of("windows", platform.substring("win_".length())) : Optional.empty();
  }

  /** The system of a GitHub-hosted runner; empty for any other label. */
  public static Optional<String> systemOfRunner(String label) {
    return label.startsWith("ubuntu-") ? Optional.of("linux")
        : label.startsWith("macos-") ? Optional.of("darwin")
        : label.startsWith("windows-") ? Optional.of("windows") : Optional.empty();
  }

  private static Optional<Platform> of(String system, String processor) {
    String cpu =
        switch (processor) {
          case "amd64", "x86_64", "x64" -> "amd64";
          case "arm64", "aarch64" -> "arm64";
          default -> "";
        };
    return SYSTEMS.contains(system) && !cpu.isEmpty() ? Optional.of(new Platform(system, cpu)) : Optional.empty();
  }
}
