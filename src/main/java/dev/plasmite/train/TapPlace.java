package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Remote;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a tap is, as {@code <tap>} says it: an address as git users write it (a URL, or {@code git@host:path}), the path of
 * a bare repository, which is the tap itself, or the path of a work tree, which is the maintainer's clone of it. The
 * sandbox copies what is on this machine. Rehearsal and live go to the tap itself, which for a clone is its {@code origin}:
 * a formula pushed into the clone would reach nobody.
 *
 * @param repository root of the product's work tree, from which a path is relative
 * @param given the text of {@code <tap>}
 */
record TapPlace(Path repository, String given) {

  private static final String SCP_FORM = "[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^/\\\\].*";

  /** Whether it is on this machine: a path, and no address. */
  boolean here() {
    return given.startsWith("file:") || !given.contains("://") && !given.matches(SCP_FORM);
  }

  /** Whether it is a path that has a git repository. */
  boolean there() {
    Path path = path();
    return Files.exists(path.resolve(".git")) || Files.isRegularFile(path.resolve("HEAD"));
  }

  /**
   * The repository that the sandbox copies.
   *
   * @throws Refusal when the tap is not on this machine
   */
  Path copied() {
    if (!here()) {
      throw new Refusal(
          Finding.of("<tap> is an address, and the sandbox asks nothing outside")
              .remedy(
                  "clone the tap beside this repository and write the clone's path, such as <tap>../homebrew-tap</tap>:"
                      + " rehearsal and live then use the clone's origin"));
    }
    if (!there()) {
      throw new Refusal(
          Finding.of("<tap> " + given + " is no git repository: " + path()).remedy("clone the tap there, or name where it is"));
    }
    return path();
  }

  /**
   * The tap itself.
   *
   * @throws Refusal when that cannot be said, or the address is not safe
   */
  URI published() {
    if (!here()) {
      return address("<tap>", given);
    }
    if (!there()) {
      throw new Refusal(
          Finding.of("<tap> " + given + " is no git repository: " + path())
              .remedy("clone the tap there, or write its address: https://HOST/PATH, git@HOST:PATH"));
    }
    if (!Files.exists(path().resolve(".git"))) {
      return path().toUri();
    }
    try (GitRepository clone = GitRepository.open(path())) {
      Remote origin =
          clone.remote("origin").orElseThrow(
              () ->
                  new Refusal(
                      Finding.of("<tap> " + given + " is a work tree without a remote origin, so that nobody would get the formula")
                          .remedy("git -C " + given + " remote add origin ADDRESS, or write the tap's address in <tap>")));
      TapPlace of = new TapPlace(path(), origin.pushUrl());
      return of.here() ? of.path().toUri() : address("the origin of <tap>", origin.pushUrl());
    }
  }

  private Path path() {
    return given.startsWith("file:") ? Path.of(URI.create(given)) : repository.resolve(given).normalize();
  }

  private static URI address(String said, String text) {
    if (!text.contains("://")) {
      return URI.create("ssh://" + text.replaceFirst(":", "/").replace(" ", "%20"));
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Finding.of(said + " is no address").remedy("write https://HOST/PATH, ssh://git@HOST/PATH or a path"));
    }
    return "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) ? OutsideAddresses.of(said, text) : uri;
  }
}
