package dev.plasmite.channel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The platform that a file's name says it is for, in any of the usual spellings.
 *
 * @param system {@code macos}, {@code linux} or {@code windows}
 * @param cpu {@code arm} or {@code intel}
 */
record FilePlatform(String system, String cpu) {

  private static final List<String> MAC = List.of("darwin", "macos", "apple", "osx");
  private static final List<String> WINDOWS = List.of("windows", "win32", "win64");
  private static final List<String> ARM = List.of("arm64", "aarch64");
  private static final List<String> INTEL = List.of("amd64", "x86_64", "x64");

  /** The machine that this runs on. */
  static FilePlatform here() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : "linux";
    return new FilePlatform(system, ARM.contains(System.getProperty("os.arch").toLowerCase(Locale.ROOT)) ? "arm" : "intel");
  }

  /** What a name says; nothing when it does not say both, as that of a universal binary. */
  static Optional<FilePlatform> of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    String system = says(name, MAC) ? "macos" : says(name, WINDOWS) ? "windows" : name.contains("linux") ? "linux" : "";
    boolean arm = says(name, ARM);
    boolean intel = says(name, INTEL);
    return system.isEmpty() || arm == intel ? Optional.empty() : Optional.of(new FilePlatform(system, arm ? "arm" : "intel"));
  }

  /** Whether a file of this name may run on this machine: it says this platform, or nothing that is against it. */
  static boolean mayRunHere(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    boolean mac = says(name, MAC);
    boolean windows = !mac && says(name, WINDOWS);
    String system = mac ? "macos" : windows ? "windows" : name.contains("linux") ? "linux" : "";
    boolean arm = says(name, ARM);
    boolean intel = says(name, INTEL);
    FilePlatform here = here();
    return (system.isEmpty() || system.equals(here.system())) && (arm == intel || here.cpu().equals(arm ? "arm" : "intel"));
  }

  private static boolean says(String name, List<String> words) {
    return words.stream().anyMatch(name::contains);
  }

  @Override
  public String toString() {
    return system + "/" + cpu;
  }
}
