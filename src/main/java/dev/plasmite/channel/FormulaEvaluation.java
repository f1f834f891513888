package dev.plasmite.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.artifact.ArchiveLimits;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Unpacker;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs a formula with Ruby and a small stand-in for Homebrew's DSL, once for each platform that brew has, to find what its
 * text does not show: which file a platform really gets, and whether its install method finds in that file what it asks for.
 */
final class FormulaEvaluation {

  private static final List<FilePlatform> PLATFORMS =
      List.of(
          new FilePlatform("macos", "arm"), new FilePlatform("macos", "intel"),
          new FilePlatform("linux", "arm"), new FilePlatform("linux", "intel"));
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String MARK = "formula-evaluation: ";
  private static final String SCRIPT = "formula-evaluation.rb";

  private final Workbench bench;
  private final ChannelPlan plan;
  private final String path;
  private final HttpReading http;

  /**
   * Evaluations of one formula.
   *
   * @param path its path in the tap, for findings
   */
  FormulaEvaluation(Workbench bench, ChannelPlan plan, String path, HttpReading http) {
    this.bench = bench;
    this.plan = plan;
    this.path = path;
    this.http = http;
  }

  /** Whether formulae can be evaluated here. */
  boolean possible() {
    return bench.has("ruby");
  }

  /**
   * Everything that is wrong with a formula on any platform, held against the staged files.
   *
   * @param onePlatform whether only this machine's file is staged, so that others are no fault
   */
  List<Finding> findings(String text, boolean onePlatform) {
    if (!possible()) {
      return List.of(
          Unproven.of(plan, "the formula is not evaluated: no ruby", "install ruby, or say where it is: <clients><ruby>PATH</ruby></clients>"));
    }
    List<Finding> findings = new ArrayList<>();
    boolean any = false;
    for (FilePlatform platform : PLATFORMS) {
      JsonNode report = run(text, platform, Optional.empty());
      String file = fileOf(report.path("url").asText(""));
      boolean left = !report.path("archs").isEmpty() && !mentions(report.path("archs"), platform);
      if (!report.path("error").isNull()) {
        findings.add(found(platform, "it fails: " + report.path("error").asText()));
      } else if (!file.isEmpty() && !left) {
        any = true;
        judge(text, platform, report, file, onePlatform, findings);
      }
    }
    if (!any && findings.isEmpty()) {
      findings.add(Finding.of("the formula gives no platform anything to download").at(Place.file(path)).remedy("write a url for each platform"));
    }
    return findings;
  }

  /** What a formula does on this machine with an archive: all that is missing in it, or wrong. */
  List<String> here(String text, Path archive) {
    JsonNode report = run(text, FilePlatform.here(), Optional.of(archive));
    List<String> wrong = new ArrayList<>();
    if (!report.path("error").isNull()) {
      wrong.add(report.path("error").asText());
    }
    report.path("missing").forEach(file -> wrong.add("install asks for " + file.asText() + ", which is not in " + archive.getFileName()));
    return wrong;
  }

  private void judge(
      String text, FilePlatform platform, JsonNode report, String file, boolean onePlatform, List<Finding> findings) {
    String version = bench.plan().version().toString();
    Optional<Artifact> staged = bench.artifacts().stream().filter(a -> a.file().equals(file)).findFirst();
    if (!version.equals(report.path("version").asText())) {
      findings.add(found(platform, "it is of version " + report.path("version").asText() + ", not " + version));
    }
    if (FilePlatform.of(file).filter(f -> !f.equals(platform)).isPresent()) {
      findings.add(
          found(platform, "it downloads " + file + ", which is for " + FilePlatform.of(file).get())
              .remedy("give that platform its own url, or say depends_on arch: :" + (platform.cpu().equals("arm") ? "x86_64" : "arm64") + " there"));
      return;
    }
    if (staged.isEmpty()) {
      if (!onePlatform) {
        findings.add(found(platform, "it downloads " + file + ", which this release does not have"));
      }
      return;
    }
    if (!staged.get().sha256().equals(report.path("sha256").asText())) {
      findings.add(found(platform, "it demands sha256 " + report.path("sha256").asText() + " of " + file + ", which has " + staged.get().sha256()));
    }
    JsonNode installed = run(text, platform, Optional.of(staged.get().path()));
    if (!installed.path("error").isNull()) {
      findings.add(found(platform, "its install fails: " + installed.path("error").asText()));
    }
    installed
        .path("missing")
        .forEach(missing -> findings.add(found(platform, "its install asks for " + missing.asText() + ", which " + file + " does not hold")));
  }

  private Finding found(FilePlatform platform, String what) {
    return Finding.of("the formula cannot be installed on " + platform + ": " + what)
        .at(Place.file(path))
        .remedy("mend the formula in the tap; brew install fails for every user of that platform");
  }

  private static boolean mentions(JsonNode archs, FilePlatform platform) {
    for (JsonNode arch : archs) {
      String name = arch.asText().toLowerCase(Locale.ROOT);
      if (platform.cpu().equals("arm") ? name.startsWith("arm") : name.equals("x86_64") || name.equals("intel")) {
        return true;
      }
    }
    return false;
  }

  private static String fileOf(String url) {
    return url.replaceFirst("[?#].*$", "").replaceFirst(".*/", "");
  }

  private JsonNode run(String text, FilePlatform platform, Optional<Path> archive) {
    Path directory = bench.freshHome("formula");
    try (InputStream script = FormulaEvaluation.class.getResourceAsStream(SCRIPT)) {
      Files.write(directory.resolve(SCRIPT), script.readAllBytes());
      Path formula = directory.resolve(path.substring(path.lastIndexOf('/') + 1));
      Files.writeString(formula, text);
      List<String> argv =
          new ArrayList<>(
              List.of(bench.executable("ruby"), "--disable=gems,rubyopt", directory.resolve(SCRIPT).toString(), formula.toString(), platform.system(), platform.cpu()));
      if (archive.isPresent()) {
        Path unpacked = directory.resolve("unpacked");
        new Unpacker(ArchiveLimits.usual()).unpack(archive.get(), unpacked);
        argv.add(unpacked.toString());
      }
      Exit exit = bench.processes().run(Command.of(directory, argv).with(bench.environment(directory.resolve("home"))).within(LIMIT));
      return exit.out()
          .lines()
          .filter(line -> line.startsWith(MARK))
          .reduce((first, last) -> last)
          .map(line -> http.parse(URI.create("ruby:" + platform), line.substring(MARK.length())))
          .orElseThrow(() -> new OutsideFailure("ruby does not evaluate the formula: " + exit.tail(5)));
    } catch (IOException e) {
      throw new OutsideFailure("cannot evaluate the formula", e);
    }
  }
}
