package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.candidate.ChangelogEdit;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.Notes;
import dev.plasmite.git.RealGit;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live release from the maintainer's machine, by evidence in git notes, to the machine that publishes. */
@Timeout(1800)
class TwoMachinesTest {

  private static final Map<String, String> ON_CI = Map.of("CI", "true");

  @TempDir Path temp;
  private Machines machines;
  private RealGit maintainer;

  @BeforeEach
  void machines() throws Exception {
    machines = new Machines(temp);
    maintainer = machines.maintainer;
  }

  @AfterEach
  void close() {
    machines.close();
  }

  /** Types what status says, each time, and nothing else. */
  @Test
  void typingWhatStatusSaysLeadsFromUnreleasedTextToTheDeliveredRelease() throws Exception {
    List<String> typed = new ArrayList<>();
    RealGit at = maintainer;
    for (int step = 0; step < 12; step++) {
      NextStep next = machines.status(at).next();
      if (next.command().isEmpty()) {
        break;
      }
      String command = next.command().get();
      typed.add(command);
      if (command.startsWith("mvn -Prelease publish") && at == maintainer) {
        // Publishing is another machine's: a fresh clone, at the tag.
        machines.buildRun();
        at = machines.clone("publisher");
        at.run("checkout", "-q", "--detach", "v1.2.0");
        assertThat(machines.status(at).next().command()).contains(command);
      }
      type(command, at);
    }
    assertThat(typed)
        .containsExactly(
            "mvn -Prelease plasmite:changelog -Dplasmite.mode=live",
            "git commit --all",
            "git push",
            "mvn -Prelease perf-gate -Dplasmite.mode=live",
            "mvn -Prelease plasmite:tag -Dplasmite.mode=live -Dplasmite.push",
            "mvn -Prelease publish -Dplasmite.mode=live",
            "mvn -Prelease verify-delivery -Dplasmite.mode=live");
    assertThat(machines.status(at).next().toString()).isEqualTo("nothing is left to do: every channel delivers this release");
    assertThat(machines.origin.run("cat-file", "-t", "v1.2.0")).isEqualTo("tag");
    assertThat(machines.origin.run("notes", "--ref", "plasmite", "show", maintainer.head())).contains("\"gate\":\"perf-gate\"");
  }

  private void type(String command, RealGit at) throws Exception {
    switch (command.replace("mvn -Prelease ", "").replace(" -Dplasmite.mode=live", "")) {
      case "plasmite:changelog" ->
          ChangelogEdit.plan(at.directory(), "CHANGELOG.md", SemVer.parse("1.2.0"), LocalDate.now(Clock.systemUTC())).write();
      case "git commit --all" -> at.run("commit", "-q", "--all", "-m", "1.2.0");
      case "git push" -> {
        at.run("push", "-q");
        machines.github.addRun(Machines.REPO, dev.plasmite.sandbox.registry.GitHubStandIn.Run.green(Machines.CI, "push", "main", at.head()));
      }
      case "perf-gate" -> passed(machines.gates(at, Map.of()));
      case "plasmite:tag -Dplasmite.push" -> machines.tagging(at).tag(true, Optional.empty());
      case "publish" -> {
        for (StageName stage : StageName.values()) {
          if (stage.compareTo(StageName.PUBLISH) <= 0) {
            passed(machines.run(at, stage, ON_CI, "publish"));
          }
        }
      }
      case "verify-delivery" -> passed(machines.run(at, StageName.VERIFY_DELIVERY, ON_CI, "verify-delivery"));
      default -> throw new AssertionError("nobody can type: " + command);
    }
  }

  @Test
  void withoutEvidenceNothingIsPublished() throws Exception {
    RealGit publisher = tagged();
    machines.origin.run("update-ref", "-d", Notes.REF);
    StageResult perf = machines.run(publisher, StageName.PERF_GATE, ON_CI, "publish");
    assertThat(perf.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(perf.findings()).singleElement().asString()
        .contains("there is no evidence of gate perf-gate for commit " + maintainer.head())
        .contains("push its evidence with the tag: mvn -Prelease -Dplasmite.mode=live perf-gate");
    StageResult publish = machines.run(publisher, StageName.PUBLISH, ON_CI, "publish");
    assertThat(publish.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(publish.findings()).anyMatch(f -> f.what().contains("publish refused: gate perf-gate has the verdict failed"));
    assertThat(machines.github.requests()).allMatch(r -> r.method().equals("GET"));
  }

  @Test
  void evidenceThatWasEditedByHandOrIsOfAnotherConfigurationIsRefused() throws Exception {
    RealGit publisher = tagged();
    machines.threshold = 0.25;
    assertThat(machines.run(publisher, StageName.PERF_GATE, ON_CI, "publish").findings())
        .anyMatch(f -> f.blocks() && f.what().contains("is of another configuration"));
    machines.threshold = 0.10;
    passed(machines.run(publisher, StageName.PERF_GATE, ON_CI, "publish"));

    RealGit second = machines.clone("second");
    second.run("checkout", "-q", "--detach", "v1.2.0");
    second.run("fetch", "-q", "origin", Notes.REF + ":" + Notes.REF);
    String note = second.run("notes", "--ref", "plasmite", "show", second.head());
    second.run("notes", "--ref", "plasmite", "add", "-f", "-m", note.replace("\"scenarios\":\"2\"", "\"scenarios\":\"3\""), second.head());
    assertThat(second.run("notes", "--ref", "plasmite", "show", second.head())).isNotEqualTo(note);
    StageResult edited = machines.run(second, StageName.PERF_GATE, ON_CI, "publish");
    assertThat(edited.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(edited.findings()).anyMatch(f -> f.what().contains("was edited by hand: it is no evidence"));
    assertThat(machines.status(second).blockers()).anyMatch(f -> f.what().contains("edited by hand"));
  }

  @Test
  void aWaiverTravelsIsShownInLargeLettersAndEndsWithItsCommit() throws Exception {
    machines.candidate();
    maintainer.write("slow", "80\n");
    String slow = machines.pushed("slower");
    assertThat(machines.gates(maintainer, Map.of()).verdict()).isEqualTo(Verdict.FAILED);
    assertThatThrownBy(() -> machines.tagging(maintainer).tag(true, Optional.empty()))
        .isInstanceOf(Refusal.class).hasMessageContaining("no evidence of gate perf-gate");
    machines.decisions(maintainer).waive("perf-gate", "the new format costs that much");
    assertThat(machines.said).anyMatch(l -> l.startsWith("WAIVED for v1.2.0 at " + slow.substring(0, 12) + " by Release Person <release@example.org>"));
    passed(machines.gates(maintainer, Map.of()));
    machines.tagging(maintainer).tag(true, Optional.empty());
    assertThat(machines.origin.run("cat-file", "-p", "v1.2.0"))
        .contains("WAIVED: perf-gate by Release Person <release@example.org>: the new format costs that much");

    RealGit publisher = machines.clone("publisher");
    publisher.run("checkout", "-q", "--detach", "v1.2.0");
    StageResult perf = machines.gates(publisher, Map.of("CI", "true"));
    assertThat(machines.run(publisher, StageName.PERF_GATE, ON_CI, "publish").verdict()).isEqualTo(Verdict.PASSED);
    String large = "WAIVED: GATE PERF-GATE DID NOT PASS FOR 1.2.0 AT " + slow.substring(0, 12)
        + " AND IS LET THROUGH BY Release Person <release@example.org>, BECAUSE: the new format costs that much";
    assertThat(machines.run(publisher, StageName.PERF_GATE, ON_CI, "publish").findings()).extracting(Finding::what).contains(large);
    assertThat(perf).isNotNull();
    var page = org.jsoup.Jsoup.parse(Files.readString(machines.plan(publisher).directories().evidence().resolve("report.html")));
    assertThat(page.text()).contains(large);
    assertThat(page.select(".waived").text()).contains(large);

    String next = machines.pushed("one more commit");
    assertThat(machines.gates(maintainer, Map.of()).verdict()).as("the waiver ended with its commit").isEqualTo(Verdict.FAILED);
    assertThat(next).isNotEqualTo(slow);
  }

  @Test
  void aWaiverOfAGateThatLooksAgainWhereThePublishRunsReachesAFreshClone() throws Exception {
    machines.candidate();
    maintainer.write("bindings/package.json", "{\n  \"name\": \"lantern-bindings\",\n  \"version\": \"1.1.0\"\n}\n");
    machines.pushed("forgotten in the bump");
    assertThat(machines.gates(maintainer, Map.of()).verdict()).isEqualTo(Verdict.FAILED);
    machines.decisions(maintainer).waive("verify-alignment", "the bindings follow next week");
    passed(machines.gates(maintainer, Map.of()));
    machines.tagging(maintainer).tag(true, Optional.empty());
    RealGit publisher = machines.clone("publisher");
    publisher.run("checkout", "-q", "--detach", "v1.2.0");
    passed(machines.run(publisher, StageName.VERIFY_ALIGNMENT, ON_CI, "publish"));
  }

  @Test
  void aFreshCloneSeesWhatPassedSaysWhatItDidNotSeeAndIsLeftAsItIs() throws Exception {
    machines.candidate();
    passed(machines.gates(maintainer, Map.of()));
    machines.tagging(maintainer).tag(true, Optional.empty());
    RealGit clone = machines.clone("laptop");
    String before = clone.run("for-each-ref") + clone.run("count-objects", "-v") + clone.run("status", "--porcelain");
    Status status = machines.status(clone);
    assertThat(status.text())
        .contains("release v1.2.0 of commit " + maintainer.head() + ", mode live")
        .contains("verify-candidate   passed")
        .contains("verify-alignment   passed")
        .contains("perf-gate          passed")
        .contains("stage-artifacts    not run")
        .contains("next: mvn -Prelease publish -Dplasmite.mode=live")
        .doesNotContain("not seen");
    assertThat(status.text().lines().count()).as("one screen").isLessThan(24);
    var json = StrictJson.mapper().readTree(status.json());
    assertThat(json.at("/stages/2/verdict").asText()).isEqualTo("passed");
    assertThat(json.at("/next/command").asText()).isEqualTo("mvn -Prelease publish -Dplasmite.mode=live");
    assertThat(json.at("/unseen").isEmpty()).isTrue();
    assertThat(clone.run("for-each-ref") + clone.run("count-objects", "-v") + clone.run("status", "--porcelain")).isEqualTo(before);

    List<String> plan =
        new Timetable(machines.plan(clone), machines.invocation(), machines.environment(Map.of()), false, Clock.systemUTC()).lines();
    assertThat(String.join("\n", plan))
        .containsSubsequence("1. verify-candidate", "3. perf-gate", "(passed for this commit)", "by hand: tag", "6. publish", "PUBLISHES FOR GOOD to GitHub Releases", "next: mvn");
    assertThat(clone.run("for-each-ref") + clone.run("count-objects", "-v") + clone.run("status", "--porcelain", "--ignored")).isEqualTo(before);
    assertThat(Files.exists(clone.directory().resolve(".git/plasmite"))).as("no ledger is made by looking").isFalse();

    clone.run("remote", "set-url", "origin", "https://git.example/lantern.git");
    Status offline = machines.status(clone, true);
    assertThat(offline.unseen()).singleElement().asString()
        .isEqualTo("origin was not asked (Maven is offline): its release tag, and evidence of other machines");
    assertThat(offline.text()).contains("perf-gate          not run").contains("not seen: origin was not asked");
    clone.run("remote", "set-url", "origin", temp.resolve("gone.git").toString());
    assertThat(machines.status(clone).unseen()).singleElement().asString().contains("cannot read the refs of origin");
    clone.run("remote", "remove", "origin");
    assertThat(machines.status(clone).unseen()).singleElement().asString().contains("there is no remote origin");
  }

  @Test
  void aGateThatFailsFilesOneIssueWithoutSecretsWhichForbidsTheTagUntilItIsClosed() throws Exception {
    machines.blockers = "github";
    machines.fileBlockers = true;
    machines.candidate();
    maintainer.write("slow", "80\n");
    machines.pushed("slower");
    Map<String, String> secret = Map.of("DEPLOY_TOKEN", "hunter2secret");
    assertThat(machines.gates(maintainer, secret).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(machines.run(maintainer, StageName.PERF_GATE, secret, "perf-gate").verdict()).isEqualTo(Verdict.FAILED);
    var changes = machines.github.requests().stream().filter(r -> !r.method().equals("GET")).map(r -> r.method()).toList();
    assertThat(changes).as("filed once, then brought up to date").containsExactly("POST", "PATCH");
    Status blocked = machines.status(maintainer);
    assertThat(blocked.text()).contains("open blocker").contains("v1.2.0: gate perf-gate does not pass");
    assertThat(blocked.next().command()).contains("mvn -Prelease plasmite:perf-gate -Dplasmite.mode=live");
    assertThatThrownBy(() -> machines.tagging(maintainer).tag(false, Optional.empty())).hasMessageContaining("open blocker");

    Files.delete(maintainer.directory().resolve("slow"));
    machines.pushed("quick again");
    // As status says: the goal by itself, for the phase would stop at the open blocker.
    passed(machines.run(maintainer, StageName.PERF_GATE, Map.of(), "plasmite:perf-gate"));
    String close = machines.status(maintainer).next().command().orElseThrow();
    assertThat(close).startsWith("mvn -Prelease plasmite:close-blocker -Dplasmite.mode=live -Dplasmite.blocker=");
    machines.decisions(maintainer).close(close.replaceAll(".*blocker=([0-9]+).*", "$1"), "quick again");
    assertThat(machines.status(maintainer).blockers()).isEmpty();
    passed(machines.gates(maintainer, Map.of()));
    machines.tagging(maintainer).tag(false, Optional.empty());
  }

  @Test
  void aBlockerThatIsOpenedMeanwhileStopsBeforeTheFirstIrreversibleStep() throws Exception {
    machines.blockers = "github";
    RealGit publisher = tagged();
    for (StageName stage : StageName.values()) {
      if (stage.compareTo(StageName.PUBLISH) < 0) {
        passed(machines.run(publisher, stage, ON_CI, "publish"));
      }
    }
    var gate = new dev.plasmite.gate.EffectGate(dev.plasmite.gate.Mode.LIVE);
    new dev.plasmite.github.GitHubIssues(new dev.plasmite.github.GitHubClient(machines.github.base(), Optional.of("good"), gate))
        .create(Machines.REPO, "v1.2.0 eats data", "Stop.", "release-blocker", dev.plasmite.gate.Effect.REVERSIBLE);
    StageResult stopped = machines.run(publisher, StageName.PUBLISH, ON_CI, "publish");
    assertThat(stopped.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(stopped.findings()).anyMatch(f -> f.what().contains("v1.2.0 eats data"));
    assertThat(machines.github.requests()).as("the draft was never made public").noneMatch(r -> r.method().equals("PATCH"));
  }

  private RealGit tagged() throws Exception {
    machines.candidate();
    passed(machines.gates(maintainer, Map.of()));
    machines.tagging(maintainer).tag(true, Optional.empty());
    machines.buildRun();
    RealGit publisher = machines.clone("publisher");
    publisher.run("checkout", "-q", "--detach", "v1.2.0");
    return publisher;
  }

  private static void passed(StageResult result) {
    assertThat(result.verdict()).as(result.findings().toString()).isEqualTo(Verdict.PASSED);
  }
}
