package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every request that {@code status}, {@code plan} and {@code verify-candidate} make, counted at the servers. */
@Timeout(1800)
class NoNeedlessCallsTest {

  private static final List<String> ONE_QUESTION =
      List.of("GET /origin.git/info/refs?service=git-upload-pack", "POST /origin.git/git-upload-pack");

  @TempDir Path temp;

  @Test
  void nobodyIsAskedForWhatTheAnswerDoesNotNeed() throws Exception {
    try (Machines machines = new Machines(temp);
        GitOverHttp http = GitOverHttp.serve(temp, "user", "password")) {
      String commit = machines.candidate();
      machines.maintainer.run("remote", "set-url", "origin", http.uri("origin.git").toString());

      machines.mode = Mode.SANDBOX;
      look(machines, false);
      assertThat(http.requests()).as("the sandbox asks nobody").isEmpty();

      // Offline, a service of this machine may be asked, and no other.
      machines.mode = Mode.LIVE;
      machines.maintainer.run("remote", "set-url", "origin", "https://git.example.org/origin.git");
      look(machines, true);
      assertThat(machines.status(machines.maintainer, true).unseen()).singleElement().asString().contains("Maven is offline");
      machines.maintainer.run("remote", "set-url", "origin", http.uri("origin.git").toString());

      machines.status(machines.maintainer);
      assertThat(http.requests()).as("no gate has passed here: another machine may have its evidence on origin").isEqualTo(ONE_QUESTION);
      http.requests().clear();
      timetable(machines, false);
      assertThat(http.requests()).isEqualTo(ONE_QUESTION);
      http.requests().clear();
      assertThat(asked(machines)).as("status and plan ask neither CI nor channels").isEmpty();

      StageResult result = machines.run(machines.maintainer, StageName.VERIFY_CANDIDATE, Map.of(), "verify-candidate");
      assertThat(result.verdict()).as(result.findings().toString()).isEqualTo(Verdict.PASSED);
      assertThat(http.requests()).as("branch, tag and notes of origin in one question").isEqualTo(ONE_QUESTION);
      assertThat(asked(machines)).as("the runs of CI for this commit, and nothing else").singleElement().asString().contains(commit);

      // Nothing that these goals did changed origin.
      assertThat(machines.origin.run("for-each-ref", "refs/notes")).isEmpty();
    }
  }

  private static void look(Machines machines, boolean offline) throws Exception {
    ReleasePlan plan = machines.plan(machines.maintainer);
    Status.of(plan, machines.invocation(), machines.environment(Map.of()), offline, Clock.systemUTC());
    timetable(machines, offline);
    assertThat(asked(machines)).isEmpty();
    assertThat(Files.exists(plan.directories().sandbox())).isFalse();
  }

  private static void timetable(Machines machines, boolean offline) throws Exception {
    ReleasePlan plan = machines.plan(machines.maintainer);
    assertThat(new Timetable(plan, machines.invocation(), machines.environment(Map.of()), offline, Clock.systemUTC()).lines()).isNotEmpty();
  }

  private static List<String> asked(Machines machines) {
    return machines.github.requests().stream().map(request -> request.method() + " " + request.path()).toList();
  }
}
