package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole train in rehearsal, with real clients, against services on this machine, on good days and on every bad one. */
@Timeout(1800)
class RehearsalTest {

  @TempDir Path temp;

  @Test
  void sendsNothingWhateverTheServicesDo() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp).configured()) {
      // One configuration throughout, by which receipts are bound: npm's place is named.
      ReleasePlan plan = world.plan(Mode.REHEARSAL, channels(world));
      world.built(Mode.REHEARSAL).measured(plan);
      List<String> lines = new ArrayList<>();
      try (ProcessWatch watch = new ProcessWatch()) {
        for (StageName stage : StageName.values()) {
          String result = run(world, plan, stage, lines);
          assertThat(result).as(stage.id()).startsWith("passed");
          assertThat(world.changes()).as(stage.id()).isEmpty();
        }
        if (OS.current() == OS.LINUX) { // processes are watched in /proc
          assertThat(watch.seen()).anyMatch(p -> p.argv().contains("npm")).anyMatch(p -> p.argv().contains("cargo"));
          Canaries.hidden(world, String.join("\n", lines), watch, temp.resolve("upload.zip"));
        }
      }
      assertThat(lines).contains(
          "would publish lamp-1.2.0.crate to crates.io", "would publish lamp-cli-1.2.0.tgz to npm",
          "would publish lamp-1.2.0-py3-none-any.whl to PyPI", "would publish the GitHub release v1.2.0",
          "would push Formula with spaces/lamp.rb to the tap");

      // What the clients do by themselves is seen; in bad weather they are asked for their configuration and no more.
      ReleasePlan light = lightClients(world, plan);
      Map<String, Faults> bad = new LinkedHashMap<>();
      for (int status : List.of(401, 403, 404, 429, 500)) {
        bad.put("status " + status, request -> Fault.before(status).with("Retry-After", "0"));
      }
      bad.put("a page", request -> Fault.before(200));
      bad.put("connections dropped", request -> Fault.of(Fault.Kind.RESET_BEFORE));
      bad.put("answers cut", request -> Fault.of(Fault.Kind.CUT_ANSWER));
      String github = world.github.base().getAuthority();
      for (Map.Entry<String, Faults> fault : bad.entrySet()) {
        world.faults.set(request -> request.header("Host").orElse("").equals(github) ? Fault.NONE : fault.getValue().fate(request));
        assertThat(run(world, light, StageName.PUBLISH, lines)).as("the registries, " + fault.getKey()).doesNotStartWith("passed");
        assertThat(world.changes()).as(fault.getKey()).isEmpty();
      }
      for (Map.Entry<String, Faults> fault : bad.entrySet()) {
        world.faults.set(fault.getValue());
        StageName stage = fault.getKey().equals("connections dropped") ? StageName.VERIFY_CANDIDATE : StageName.PROVENANCE;
        assertThat(run(world, light, stage, lines)).as(stage.id() + ", " + fault.getKey()).doesNotStartWith("passed");
        assertThat(run(world, light, StageName.PUBLISH, lines)).as("publish, " + fault.getKey()).doesNotStartWith("passed");
        assertThat(world.changes()).as(fault.getKey()).isEmpty();
      }

      world.faults.set(Faults.NONE);
      run(world, light, StageName.VERIFY_CANDIDATE, lines);
      run(world, light, StageName.PROVENANCE, lines);
      // Every service repeats what it was shown, in place of an answer and of a refusal.
      List<StageName> asking = List.of(StageName.PUBLISH, StageName.PUBLISH, StageName.PUBLISH, StageName.VERIFY_CANDIDATE, StageName.PROVENANCE);
      List<Integer> statuses = List.of(200, 500, 401, 401, 401);
      for (int i = 0; i < asking.size(); i++) {
        int status = statuses.get(i);
        world.faults.set(request -> OutsideWorld.echo(request, status));
        assertThat(run(world, light, asking.get(i), lines)).doesNotStartWith("passed");
        assertThat(world.changes()).isEmpty();
      }
      assertThat(lines).anyMatch(line -> line.matches("(?s).*you sent (Bearer |Basic )?\\*\\*\\*.*"));
      OutsideWorld.CANARIES.values().stream().flatMap(secret -> OutsideWorld.spellings(secret).stream()).forEach(
          spelling -> assertThat(lines).noneMatch(line -> line.contains(spelling)));

      world.faults.set(Faults.NONE);
      run(world, light, StageName.VERIFY_CANDIDATE, lines);
      run(world, light, StageName.PROVENANCE, lines);
      world.github.addTag(OutsideWorld.REPO, "v1.2.0", "f".repeat(40));
      assertThat(run(world, light, StageName.PUBLISH, lines)).as("a tag that moved").startsWith("failed").contains("v1.2.0");
      assertThat(world.changes()).isEmpty();
    }
  }

  private static List<ChannelPlan> channels(OutsideWorld world) {
    return world.channels().stream()
        .map(c -> c.name().equals("npm") ? OutsideWorld.channel("npm", Map.of("server", "npm-of-settings", "endpoint", world.npm.base() + "/"), "lamp") : c)
        .toList();
  }

  /** Clients that say how they are set up, which is what they are asked first, and do nothing else. */
  private ReleasePlan lightClients(OutsideWorld world, ReleasePlan plan) throws IOException {
    Map<String, String> clients = new HashMap<>();
    clients.put("npm", client("npm", "{}"));
    clients.put("cargo", client("cargo", ""));
    clients.put("python", client("python", "{\"repositories\": {\"pypi\": {\"repository\": \"" + world.pypi.upload() + "\"}}, \"default\": \"\"}"));
    return new ReleasePlan(
        plan.repository(), plan.version(), plan.mode(), plan.baseTag(), plan.lockstep(), plan.candidate(), plan.perf(), plan.staging(),
        plan.channels(),
        clients, plan.directories(), plan.provenance());
  }

  private String client(String name, String says) throws IOException {
    Path file = Files.createDirectories(temp.resolve("light")).resolve(name);
    Files.writeString(file, "#!/bin/sh\ncat <<'END'\n" + says + "\nEND\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x")).toString();
  }

  private static String run(OutsideWorld world, ReleasePlan plan, StageName stage, List<String> lines) {
    try {
      StageResult result = world.train(plan, world.around(), lines::add).run(stage);
      assertThat(result.verdict()).isIn((Object[]) Verdict.values());
      return result.verdict().id() + " " + result.findings().stream().map(Finding::toString).toList();
    } catch (OutsideFailure e) {
      return "outside " + e.getMessage();
    }
  }
}
