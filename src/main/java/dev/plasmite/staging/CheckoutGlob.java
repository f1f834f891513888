package dev.plasmite.staging;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** A glob in the checkout, with {@code /}; links are not followed. */
final class CheckoutGlob {

  private static final Pattern WILD = Pattern.compile("[*?\\[{\\\\]");

  private final String pattern;
  private final PathMatcher matcher;

  /**
   * Reads a glob.
   *
   * @throws Refusal when it is none, or leaves the checkout
   */
  CheckoutGlob(String pattern) {
    this.pattern = pattern;
    if (pattern.isBlank() || pattern.startsWith("/") || pattern.contains("\\") || pattern.matches("[A-Za-z]:.*")
        || List.of(pattern.split("/", -1)).contains("..")) {
      throw refusal(pattern, "must be relative to the repository, with / and without ..");
    }
    try {
      this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException | InvalidPathException e) {
      throw refusal(pattern, "is no glob: " + e.getMessage());
    }
  }

  /** What it matches, sorted: files, but also links and directories, for the caller to refuse. */
  List<Path> in(Path checkout) {
    Path start = checkout;
    String[] segments = pattern.split("/");
    int fixed = 0;
    while (fixed < segments.length - 1 && !WILD.matcher(segments[fixed]).find()) {
      start = start.resolve(segments[fixed++]);
    }
    if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : segments.length - fixed;
    try (Stream<Path> all = Files.walk(start, depth)) {
      return new ArrayList<>(all.filter(path -> matcher.matches(checkout.relativize(path))).sorted().toList());
    } catch (IOException | UncheckedIOException e) {
      throw new OutsideFailure("cannot list " + start, e);
    }
  }

  private static Refusal refusal(String pattern, String what) {
    return new Refusal(
        Finding.of("pattern '" + pattern + "' " + what)
            .at(Place.file("<staging><artifacts><artifact><pattern>"))
            .remedy("write it like dist/name-{version}*.tar.gz"));
  }
}
