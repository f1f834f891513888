package dev.plasmite.candidate.blocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.candidate.BlockerCheck;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.RealGit;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.LoopbackGitHub;
import dev.plasmite.github.LoopbackGitHub.Reply;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three homes of blockers. */
class BlockersTest {

  private static final SemVer VERSION = SemVer.parse("1.2.0");
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
  private static final Redactor REDACTOR = new Redactor(List.of("hunter2secret"));

  @TempDir Path dir;

  @Test
  void aFailureIsFiledOnceBroughtUpToDateAndClosedWithWhoAndWhy() throws Exception {
    FileBlockers blockers = fileHome();
    assertThat(blockers.open(VERSION)).isEmpty();
    assertThat(dir).isEmptyDirectory();
    blockers.file(failure("first log, hunter2secret"));
    blockers.file(failure("second log"));
    assertThat(blockers.open(VERSION)).singleElement().satisfies(b -> {
      assertThat(b.id()).isEqualTo("1");
      assertThat(b.title()).isEqualTo("v1.2.0: gate perf-gate does not pass");
    });
    assertThat(blockers.open(SemVer.parse("1.3.0"))).isEmpty();
    String text = Files.readString(dir.resolve(FileBlockers.DEFAULT_PATH));
    assertThat(text).contains("second log").doesNotContain("first log").doesNotContain("hunter2").endsWith("}\n");
    blockers.close("1", "Ada", "measured again, hunter2secret");
    assertThat(blockers.open(VERSION)).isEmpty();
    assertThat(Files.readString(dir.resolve(FileBlockers.DEFAULT_PATH)))
        .contains("\"closedBy\" : \"Ada\"")
        .contains("\"closedBecause\" : \"measured again, ***\"");
    blockers.file(failure("again"));
    assertThat(blockers.open(VERSION)).extracting(Blocker::id).containsExactly("2");
    assertThatThrownBy(() -> blockers.close("9", "Ada", "x")).isInstanceOf(Refusal.class);
  }

  @Test
  void aBlockerThatNamesNoReleaseBlocksEveryOne() throws Exception {
    write("{\"version\": 1, \"blockers\": [{\"id\": \"x\", \"title\": \"all of it\", \"state\": \"open\"}]}");
    assertThat(new BlockerCheck(fileHome(), VERSION).findings()).singleElement().satisfies(f -> {
      assertThat(f.blocks()).isTrue();
      assertThat(f.toString()).startsWith(".plasmite/blockers.json  open blocker x").contains("all of it");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"version\": 2, \"blockers\": []}",
        "{\"version\": 1}",
        "{\"version\": 1, \"blockers\": [{\"id\": \"1\", \"title\": \"t\"}]}",
        "{\"version\": 1, \"blockers\": [{\"id\": \"1\", \"title\": \"t\", \"state\": \"done\"}]}",
        "{\"version\": 1, \"blockers\": [{\"id\": \"1\", \"state\": \"open\"}]}",
        "{\"version\": 1, \"blockers\": [{\"id\": \"1\", \"id\": \"2\", \"title\": \"t\", \"state\": \"closed\"}]}"
      })
  void aDamagedFileBlocksAndIsNotWrittenOver(String text) throws Exception {
    write(text);
    assertThat(new BlockerCheck(fileHome(), VERSION).findings()).singleElement().satisfies(f -> {
      assertThat(f.blocks()).isTrue();
      assertThat(f.toString()).contains("cannot read the blockers in .plasmite/blockers.json");
    });
    if (!text.contains("\"id\"")) {
      assertThatThrownBy(() -> fileHome().file(failure("log"))).isInstanceOf(Refusal.class);
      assertThat(dir.resolve(FileBlockers.DEFAULT_PATH)).hasContent(text);
    }
  }

  @Test
  void aLogCannotEndItsBlockAndItsEndIsKept() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      log.append("line ").append(i).append('\n');
    }
    String body = failure(log + "```\n# heading\n\u001b[31mred" + "x".repeat(1000)).body(REDACTOR);
    assertThat(body).contains("    ```").contains("    # heading").contains("    line 99").doesNotContain("line 20\n");
    assertThat(body).doesNotContain("\u001b");
    assertThat(body.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(600);
  }

  @Test
  void theRealErgoKeepsBlockers() throws Exception {
    String ergo = RealErgo.find();
    RealGit.init(dir);
    Processes processes = new Processes(REDACTOR);
    assertThat(
            processes
                .run(dev.plasmite.client.Command.of(dir, List.of(ergo, "init")).with(Map.of("PATH", System.getenv("PATH"))))
                .ok())
        .isTrue();
    ErgoBlockers blockers = new ErgoBlockers(dir, ergo, processes, REDACTOR);
    assertThat(blockers.open(VERSION)).isEmpty();
    blockers.file(failure("first, hunter2secret\n---\n# x"));
    blockers.file(failure("second"));
    assertThat(blockers.open(VERSION)).hasSize(1);
    blockers.file(new GateFailure(StageName.PROVENANCE, VERSION, "c", Verdict.FAILED, List.of(), "mvn", "", ""));
    List<Blocker> open = blockers.open(VERSION);
    assertThat(open)
        .extracting(Blocker::title)
        .containsExactlyInAnyOrder("v1.2.0: gate perf-gate does not pass", "v1.2.0: gate provenance does not pass");
    assertThat(blockers.open(SemVer.parse("1.3.0"))).isEmpty();
    blockers.close(open.get(0).id(), "Ada", "measured again");
    assertThat(blockers.open(VERSION)).containsExactly(open.get(1));
    blockers.close(open.get(1).id(), "Ada", "mended");
    assertThat(blockers.open(VERSION)).isEmpty();
    blockers.file(failure("third"));
    assertThat(blockers.open(VERSION)).as("in the epic that was through").hasSize(1);
    try (var files = Files.walk(dir.resolve(".ergo"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
      assertThat(all.toString()).contains("second").contains("Ada: measured again").doesNotContain("hunter2");
    }
    // plans.jsonl up to version 4, backlog.jsonl since 5
    Path backlog = dir.resolve(Files.exists(dir.resolve(".ergo/backlog.jsonl")) ? ".ergo/backlog.jsonl" : ".ergo/plans.jsonl");
    Files.writeString(backlog, "damaged\n");
    assertThatThrownBy(() -> blockers.open(VERSION)).isInstanceOf(OutsideFailure.class).hasMessageContaining("ergo list failed");
  }

  @Test
  void ergosDocumentedListIsRead() throws Exception {
    ErgoBlockers blockers =
        ergoThatPrints(
            """
            {"version":1,"items":[
              {"id":"EPIC01","title":"Release blockers: v1.2.0","kind":"epic","state":"active"},
              {"id":"TASK01","title":"todo","kind":"task","state":"todo","ready":true,"epic_id":"EPIC01"},
              {"id":"TASK02","title":"done","kind":"task","state":"done","ready":false,"epic_id":"EPIC01"},
              {"id":"TASK03","title":"canceled","kind":"task","state":"canceled","ready":false,"epic_id":"EPIC01"},
              {"id":"TASK04","title":"failed","kind":"task","state":"failed","ready":false,"epic_id":"EPIC01"},
              {"id":"EPIC02","title":"Release blockers: v1.3.0","kind":"epic","state":"active"},
              {"id":"TASK05","title":"other","kind":"task","state":"todo","ready":true,"epic_id":"EPIC02"},
              {"id":"TASK06","title":"root","kind":"task","state":"todo","ready":true}]}""");
    assertThat(blockers.open(VERSION)).extracting(Blocker::id).containsExactly("TASK01", "TASK04");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no tasks",
        "[]",
        "{\"version\":2,\"items\":[]}",
        "{\"items\":[]}",
        "{\"version\":1,\"items\":[{\"id\":\"A\"}]}",
        "{\"version\":1,\"items\":[{\"id\":\"A\",\"title\":\"t\",\"kind\":\"task\",\"state\":\"parked\"}]}"
      })
  void whatErgoDoesNotDocumentBlocks(String out) throws Exception {
    Finding finding = new BlockerCheck(ergoThatPrints(out), VERSION).findings().get(0);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.UNKNOWN);
    assertThat(finding.what()).contains("cannot tell whether a blocker is open in the ergo backlog");
  }

  @Test
  void anErgoThatIsMissingOldOrFailingBlocks() throws Exception {
    ErgoBlockers missing = new ErgoBlockers(dir, dir.resolve("nowhere").toString(), new Processes(REDACTOR), REDACTOR);
    assertThat(new BlockerCheck(missing, VERSION).findings().get(0).what()).contains("cannot start");
    ErgoBlockers old = ergo("#!/bin/sh\necho 'error: unknown flag: --json' >&2\nexit 2\n");
    assertThat(new BlockerCheck(old, VERSION).findings().get(0).what()).contains("unknown flag: --json");
  }

  @Test
  void gitHubIssuesBlockUnlessTheyNameAnotherRelease() throws Exception {
    String issues =
        """
        [{"number": 1, "title": "v1.2.0: gate perf-gate does not pass", "state": "open", "html_url": "u1"},
         {"number": 2, "title": "Docs are wrong", "state": "open", "html_url": "u2"},
         {"number": 3, "title": "only for v1.3.0.", "state": "open", "html_url": "u3"},
         {"number": 4, "title": "a pull request", "state": "open", "html_url": "u4", "pull_request": {}}]""";
    try (LoopbackGitHub server =
        new LoopbackGitHub(
            r ->
                r.method().equals("GET")
                    ? Reply.json(200, issues)
                    : Reply.json(201, "{\"number\": 1, \"title\": \"t\", \"state\": \"open\", \"html_url\": \"u\"}"))) {
      Blockers blockers = gitHubHome(server);
      assertThat(blockers.open(VERSION)).extracting(Blocker::id).containsExactly("1", "2");
      assertThat(server.requests().get(0).query()).contains("labels=release-blocker").contains("state=open");
      blockers.file(failure("log hunter2secret"));
      LoopbackGitHub.Request update = server.requests().get(2);
      assertThat(update.method() + " " + update.path()).isEqualTo("PATCH /repos/lantern-demo/lantern/issues/1");
      assertThat(new String(update.body(), StandardCharsets.UTF_8)).contains("log ***");
      blockers.file(new GateFailure(StageName.PROVENANCE, VERSION, "c", Verdict.FAILED, List.of(), "mvn", "", ""));
      LoopbackGitHub.Request created = server.requests().get(4);
      assertThat(created.method() + " " + created.path()).isEqualTo("POST /repos/lantern-demo/lantern/issues");
      assertThat(new String(created.body(), StandardCharsets.UTF_8)).contains("\"labels\":[\"release-blocker\"]");
      blockers.close("1", "Ada", "mended");
      assertThat(new String(server.requests().get(5).body(), StandardCharsets.UTF_8)).contains("Closed by Ada: mended");
      assertThat(new String(server.requests().get(6).body(), StandardCharsets.UTF_8)).contains("\"state\":\"closed\"");
    }
    try (LoopbackGitHub server = new LoopbackGitHub(r -> Reply.json(401, "{}"))) {
      assertThat(new BlockerCheck(gitHubHome(server), VERSION).findings().get(0).severity())
          .isEqualTo(Finding.Severity.UNKNOWN);
    }
  }

  private FileBlockers fileHome() {
    return new FileBlockers(dir, FileBlockers.DEFAULT_PATH, REDACTOR, CLOCK);
  }

  private static Blockers gitHubHome(LoopbackGitHub server) {
    return new GitHubBlockers(
        new GitHubClient(server.uri(), Optional.empty(), new EffectGate(Mode.SANDBOX)),
        "lantern-demo/lantern",
        GitHubBlockers.DEFAULT_LABEL,
        Effect.LOOPBACK,
        REDACTOR);
  }

  private ErgoBlockers ergoThatPrints(String out) throws Exception {
    Files.writeString(dir.resolve("list.json"), out);
    return ergo("#!/bin/sh\ncat '" + dir.resolve("list.json") + "'\n");
  }

  private ErgoBlockers ergo(String script) throws Exception {
    Path file = dir.resolve("ergo-stand-in");
    Files.writeString(file, script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new ErgoBlockers(dir, file.toString(), new Processes(REDACTOR), REDACTOR);
  }

  private void write(String text) throws Exception {
    Path file = dir.resolve(FileBlockers.DEFAULT_PATH);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static GateFailure failure(String log) {
    return new GateFailure(
        StageName.PERF_GATE,
        VERSION,
        "0123456789012345678901234567890123456789",
        Verdict.INCONCLUSIVE,
        List.of(Finding.of("append is 12 % slower")),
        "mvn perf-gate",
        "report.html",
        log);
  }
}
