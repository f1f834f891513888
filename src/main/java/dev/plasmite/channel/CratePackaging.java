package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Packages crates again from the release tag, as publishing will, and holds them against the staged ones: cargo makes the
 * same bytes of the same commit with the same cargo, and other bytes with another.
 */
final class CratePackaging {

  private static final String REMEDY = "use the build run's cargo version on a clean checkout of the tag, or build the set again";

  private final Workbench bench;
  private final ChannelPlan plan;
  private final Map<String, String> environment;
  private final Path target;
  private final List<String> where;

  /**
   * Packaging in an environment.
   *
   * @param target cargo's target directory
   * @param where cargo's arguments that name the registry
   */
  CratePackaging(Workbench bench, ChannelPlan plan, Map<String, String> environment, Path target, List<String> where) {
    this.bench = bench;
    this.plan = plan;
    this.environment = new HashMap<>(environment);
    this.environment.put("CARGO_TARGET_DIR", target.toString());
    this.target = target;
    this.where = where;
  }

  /** All crates of the release at once, before anything is sent: nothing is half published for want of the right cargo. */
  List<Finding> findings(List<Artifact> crates) {
    List<Artifact> packaged = crates;
    Exit exit = run(crates);
    List<Finding> findings = new ArrayList<>();
    if (!exit.ok() && crates.size() > 1) {
      // An older cargo cannot package a crate before those that it depends on are published.
      Exit first = run(crates.subList(0, 1));
      if (first.ok()) {
        packaged = crates.subList(0, 1);
        findings.add(
            Unproven.of(
                plan,
                "that cargo makes the staged bytes of " + bench.names().of(crates.get(1)) + " and those after it; they are packaged before each is sent: "
                    + exit.tail(3),
                "use cargo 1.90 or newer, which packages crates together that depend on each other"));
      }
      exit = first;
    }
    if (!exit.ok()) {
      return List.of(
          Finding.of("cargo cannot package the crates of this release: " + exit.tail(8)).remedy("mend it in the product, and release that commit"));
    }
    for (Artifact crate : packaged) {
      String again = digest(crate);
      if (!again.equals(crate.sha256())) {
        findings.add(Finding.of(differs(crate, again)).remedy(REMEDY));
      }
    }
    return findings;
  }

  /**
   * One crate, right before it is sent.
   *
   * @throws OutsideFailure when it cannot be packaged, or has other bytes
   */
  void demandSameBytes(Artifact crate) {
    Exit exit = run(List.of(crate));
    if (!exit.ok()) {
      throw new OutsideFailure(exit.tail(20));
    }
    String again = digest(crate);
    if (!again.equals(crate.sha256())) {
      throw new OutsideFailure(differs(crate, again) + "; nothing was sent. To mend it, " + REMEDY);
    }
  }

  private static String differs(Artifact crate, String again) {
    return "cargo makes other bytes of " + crate.file() + " here (sha256 " + again + ") than the build run did (sha256 " + crate.sha256() + ")";
  }

  private Exit run(List<Artifact> crates) {
    List<String> argv = new ArrayList<>(List.of("cargo", "package"));
    argv.addAll(where);
    argv.add("--no-verify");
    for (Artifact crate : crates) {
      argv.add("--package=" + bench.names().of(crate));
    }
    return bench.run(bench.checkout(), environment, argv);
  }

  private String digest(Artifact crate) {
    Path file = target.resolve("package").resolve(crate.file());
    if (!Files.isRegularFile(file)) {
      throw new OutsideFailure("cargo did not make " + crate.file());
    }
    try {
      return Digests.of(file).sha256();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + crate.file() + ", which cargo should have made", e);
    }
  }
}
