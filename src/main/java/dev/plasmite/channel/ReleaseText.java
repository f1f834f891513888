package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.StagingPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a GitHub release says: the changelog's section, and how to install from each channel that this release goes to. */
final class ReleaseText {

  private static final Pattern TAP = Pattern.compile(".*[/:]([A-Za-z0-9-]+)/homebrew-([A-Za-z0-9._-]+?)(?:\\.git)?/?");

  private final Workbench bench;
  private final String repository;

  /**
   * The text of a release.
   *
   * @param repository {@code owner/name}
   */
  ReleaseText(Workbench bench, String repository) {
    this.bench = bench;
    this.repository = repository;
  }

  /** The product and its version, as people say it: "lantern 0.3.0". */
  String title() {
    return repository.replaceFirst(".*/", "") + " " + bench.plan().version();
  }

  /** Markdown; the same release has the same text every time. */
  String body(String notes) {
    StringBuilder text = new StringBuilder(notes.strip());
    List<String> lines = new ArrayList<>();
    for (ChannelPlan channel : bench.plan().channels()) {
      install(channel).ifPresent(command -> lines.add("- " + command + (channel.tier().equals("official") ? "" : " (" + channel.tier() + ")")));
    }
    if (!lines.isEmpty()) {
      text.append(text.length() == 0 ? "" : "\n\n").append("## Install\n\n").append(String.join("\n", lines));
    }
    text.append(text.length() == 0 ? "" : "\n\n")
        .append("The checksums of all files are in `" + Checksums.FILE + "`: `sha256sum --check --ignore-missing " + Checksums.FILE + "`.\n");
    return text.toString();
  }

  private Optional<String> install(ChannelPlan channel) {
    String version = bench.plan().version().toString();
    boolean program = channel.smoke().isPresent();
    return switch (channel.name()) {
      case "crates.io" ->
          crate(channel).map(name -> "crates.io: `cargo " + (program ? "install " : "add ") + name + "@" + (program ? "" : "=") + version + "`");
      case "cargo-binstall" -> crate(channel).map(name -> "prebuilt, by cargo-binstall: `cargo binstall " + name + "@" + version + "`");
      case "npm" -> first(Kind.NPM).map(name -> "npm: `npm install " + (program ? "--global " : "") + name + "@" + version + "`");
      case "pypi" -> first(Kind.WHEEL).or(() -> first(Kind.SDIST)).map(name -> "PyPI: `pip install " + name + "==" + version + "`");
      case "homebrew" -> Optional.of("Homebrew: `brew install " + formula(channel) + "`");
      default -> Optional.empty();
    };
  }

  /** The formula with its tap, where the tap is one that brew finds by its name; a tap elsewhere is not told to the world. */
  private static String formula(ChannelPlan channel) {
    String name = channel.settings().getOrDefault("formula", "").replaceFirst(".*/", "").replaceFirst("\\.rb$", "");
    Matcher tap = TAP.matcher(channel.settings().getOrDefault("tap", ""));
    return tap.matches() ? tap.group(1) + "/" + tap.group(2) + "/" + name : name;
  }

  private Optional<String> crate(ChannelPlan channel) {
    return channel.packages().stream().findFirst().or(() -> first(Kind.CRATE));
  }

  private Optional<String> first(Kind kind) {
    List<Artifact> found = bench.artifacts(kind);
    return found.stream().findFirst().map(bench.names()::of);
  }
}
