package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A Python project that is released with uv and its {@code UV_PUBLISH_TOKEN}, from the gates to the delivery, in live mode. */
@Timeout(900) // far from what it takes, for a busy machine
class UvReleaseTest {

  @TempDir Path temp;

  @Test
  @EnabledOnOs(OS.LINUX) // processes are watched in /proc
  void uvPublishesWithItsTokenInstallsBackAndShowsItToNobody() throws Exception {
    try (OutsideWorld world = new OutsideWorld(temp)) {
      ChannelPlan pypi =
          OutsideWorld.channel(
              "pypi", Map.of("client", "uv", "endpoint", world.pypi.upload().toString(), "index", world.pypi.simple().toString()), "lamp");
      ReleasePlan plan = world.plan(Mode.LIVE, List.of(pypi));
      world.built(Mode.LIVE).measured(plan);
      TrainMain.describe(temp, List.of(pypi), Map.of());
      Map<String, String> environment = new HashMap<>(world.environment());
      environment.put("PATH", Clients.uv().getParent() + File.pathSeparator + environment.get("PATH"));
      environment.put("TWINE_PASSWORD", "decoySecretOfSomethingElse"); // twine's is not uv's
      for (StageName gate : List.of(StageName.values()).subList(0, StageName.PUBLISH.ordinal())) {
        StageResult passed = world.train(plan, world.around(), line -> {}).run(gate);
        assertThat(passed.verdict()).as(passed.findings().toString()).isEqualTo(Verdict.PASSED);
      }
      StageResult without = world.train(plan, new Surroundings(environment, world.home, Map.of()), line -> {}).run(StageName.PUBLISH);
      assertThat(without.findings()).anySatisfy(f -> assertThat(f.toString()).contains("there is no credential for PyPI", "UV_PUBLISH_TOKEN")).anyMatch(Finding::blocks);
      try (ProcessWatch watch = new ProcessWatch()) {
        environment.put("UV_PUBLISH_TOKEN", OutsideWorld.CANARIES.get("pypi"));
        world.faults.set(request -> request.method().equals("POST") ? OutsideWorld.echo(request, 403) : Fault.NONE);
        String refused = world.process(environment, Mode.LIVE, StageName.PUBLISH);
        assertThat(refused).contains("unproven: that the token is known to PyPI", "PUBLISH FAILED", "could not publish lamp-1.2.0-py3-none-any.whl to PyPI", "you sent");
        world.faults.set(request -> request.method().equals("POST") ? OutsideWorld.echoAfter(request, 500) : Fault.NONE);
        String published = world.process(environment, Mode.LIVE, StageName.PUBLISH);
        assertThat(published).as("it arrived, whatever uv heard").contains("PUBLISH PASSED");
        world.faults.set(Faults.NONE);
        int sent = world.changes().size();
        String delivered = world.process(environment, Mode.LIVE, StageName.PUBLISH, StageName.VERIFY_DELIVERY);
        assertThat(delivered).contains("PUBLISH PASSED {found=1, sent=0}", "VERIFY_DELIVERY PASSED", "with=pip, result=RAN", "with=uv, result=RAN");
        assertThat(world.changes()).as("a second run sends nothing").hasSize(sent).allMatch(change -> change.startsWith("pypi POST"));
        assertThat(world.pypi.requests()).filteredOn(request -> request.method().equals("POST")).allMatch(request -> request.agent().startsWith("uv/"));
        Canaries.hidden(world, refused + published + delivered, watch, temp.resolve("upload.zip"));
        assertThat(watch.seen()).as("the token went by the environment").anyMatch(
            p -> p.argv().contains("uv publish") && p.environment().contains(OutsideWorld.CANARIES.get("pypi")));
      }
    }
  }
}
