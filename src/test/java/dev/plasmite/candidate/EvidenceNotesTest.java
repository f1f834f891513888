package dev.plasmite.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import dev.plasmite.git.RealGit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verdict of one machine, taken as evidence on another, and what is not taken. */
class EvidenceNotesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path dir;
  private RealGit git;
  private GitRepository repository;
  private Notes notes;
  private EvidenceNotes evidence;

  @BeforeEach
  void aRepository() throws Exception {
    git = RealGit.withOrigin(dir);
    git.run("config", "user.name", "Release Person");
    git.run("config", "user.email", "release@example.org");
    repository = GitRepository.open(git.directory());
    notes = new Notes(repository, Clock.systemUTC());
    evidence = new EvidenceNotes(notes, "0.1.0", Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void whatWasRecordedIsFoundWithItsProof() {
    Evidence recorded = evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW);
    evidence.record(recorded);
    EvidenceNotes.Found found = find("c1");
    assertThat(found.findings()).isEmpty();
    assertThat(found.evidence()).contains(recorded);
    assertThat(found.evidence().orElseThrow().receipt().proof()).containsEntry("slowdown", "0.02 \"quoted\" \u00e9");
  }

  @Test
  void evidenceOfAnotherCommitVersionOrConfigurationIsRefusedAndNamed() {
    evidence.record(evidence(binding("1.2.0", git.head(), "other"), Verdict.PASSED, NOW));
    evidence.record(evidence(binding("1.3.0", git.head(), "c1"), Verdict.PASSED, NOW));
    notes.append(git.head(), evidence(binding("1.2.0", "f".repeat(40), "c1"), Verdict.PASSED, NOW).line());
    EvidenceNotes.Found found = find("c1");
    assertThat(found.evidence()).isEmpty();
    assertThat(found.findings()).singleElement().satisfies(f -> {
      assertThat(f.blocks()).isTrue();
      assertThat(f.what())
          .contains("no evidence of gate perf-gate")
          .contains("configuration")
          .contains("version (1.3.0)")
          .contains("commit (ffff");
    });
  }

  @Test
  void aLineThatWasEditedIsNoEvidenceHowever() {
    String line = evidence(binding("1.2.0", git.head(), "c1"), Verdict.FAILED, NOW).line();
    String digest = line.substring(line.lastIndexOf("\"sha256\""));
    List<String> edited =
        List.of(
            line.replace("\"failed\"", "\"passed\""),
            line.replace("0.02", "0.01"),
            line.replace("{\"format\"", "{ \"format\""),
            line.replace("," + digest, "}"),
            line.replace(digest, "\"note\":\"x\"," + digest),
            line + " ",
            "{}",
            "looks good to me");
    for (String each : edited) {
      assertThat(Evidence.parse(each)).as(each).isEmpty();
    }
    assertThat(Evidence.parse(line)).isPresent();
    notes.append(git.head(), edited.get(0));
    assertThat(find("c1").evidence()).isEmpty();
    assertThat(find("c1").findings()).anyMatch(f -> f.blocks() && f.what().contains("line 1 of the note is damaged"));
  }

  @Test
  void theNewestVerdictDecidesWhateverTheOrderOfTheLines() {
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.INCONCLUSIVE, NOW.plusSeconds(9)));
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW));
    assertThat(find("c1").evidence()).isEmpty();
    assertThat(find("c1").findings()).singleElement().asString().contains("gate perf-gate said inconclusive");
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW.plusSeconds(10)));
    assertThat(find("c1").evidence()).isPresent();
  }

  @Test
  void whatAnotherVersionOfThePluginFoundIsNoEvidence() {
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW));
    EvidenceNotes.Found found = new EvidenceNotes(notes, "0.2.0", Clock.systemUTC()).find(StageName.PERF_GATE, binding("1.2.0", git.head(), "c1"));
    assertThat(found.evidence()).isEmpty();
    assertThat(found.findings()).singleElement().asString().contains("is of another plugin version (0.1.0)");
  }

  @Test
  void evidenceOfAMachineWhoseClockIsAheadDecidesNothing() {
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.FAILED, NOW));
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW.plusSeconds(3600)));
    EvidenceNotes.Found found = find("c1");
    assertThat(found.evidence()).isEmpty();
    assertThat(found.findings())
        .anyMatch(f -> f.blocks() && f.toString().contains("in the future: it is now 2026-11-22T10:01:00Z -> set the clock"))
        .anyMatch(f -> f.what().contains("gate perf-gate said failed"));
  }

  @Test
  void whatIsOnOriginOnlyIsReadWithoutATrace() throws Exception {
    evidence.record(evidence(binding("1.2.0", git.head(), "c1"), Verdict.PASSED, NOW));
    git.run("push", "-q", "origin", Notes.REF);
    new RealGit(dir).run("clone", "-q", "origin.git", "other");
    RealGit other = new RealGit(dir.resolve("other"));
    String refs = other.run("for-each-ref");
    String objects = other.run("count-objects", "-v");
    try (GitRepository clone = GitRepository.open(other.directory())) {
      var elsewhere = new dev.plasmite.git.NotesElsewhere(clone, java.util.Optional.empty(), java.time.Duration.ofMinutes(5));
      List<String> lines = elsewhere.read(clone.remote("origin").orElseThrow(), other.head());
      EvidenceNotes both = new EvidenceNotes(new Notes(clone, Clock.systemUTC()), "0.1.0", Clock.systemUTC(), lines);
      assertThat(both.find(StageName.PERF_GATE, binding("1.2.0", other.head(), "c1")).evidence()).isPresent();
      assertThat(elsewhere.read(clone.remote("origin").orElseThrow(), "f".repeat(40))).isEmpty();
    }
    assertThat(other.run("for-each-ref")).isEqualTo(refs).doesNotContain("notes");
    assertThat(other.run("count-objects", "-v")).isEqualTo(objects);
  }

  @Test
  void aWaiverIsForOneGateVersionAndCommitAndIsNoEvidence() throws Exception {
    Waiver waiver = new Waiver(StageName.PERF_GATE, "1.2.0", git.head(), "Ada", "known, see the notes", NOW);
    evidence.record(waiver);
    assertThat(evidence.waiver(StageName.PERF_GATE, "1.2.0", git.head())).contains(waiver);
    assertThat(evidence.waiver(StageName.PROVENANCE, "1.2.0", git.head())).isEmpty();
    assertThat(evidence.waiver(StageName.PERF_GATE, "1.2.1", git.head())).isEmpty();
    assertThat(find("c1").evidence()).isEmpty();
    assertThat(find("c1").findings()).singleElement().asString().contains("there is no evidence");
    String next = git.commit("next");
    assertThat(evidence.waiver(StageName.PERF_GATE, "1.2.0", next)).isEmpty();
    notes.append(next, waiver.line());
    notes.append(next, waiver.line().replace("Ada", "Bob"));
    assertThat(evidence.waiver(StageName.PERF_GATE, "1.2.0", next)).isEmpty();
    assertThat(Waiver.parse(waiver.line().replace("Ada", "Bob"))).isEmpty();
  }

  @Test
  void aWaiverNamesAPersonAndAReason() {
    assertThatThrownBy(() -> new Waiver(StageName.PERF_GATE, "1.2.0", git.head(), " ", "", NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("names nobody")
        .hasMessageContaining("gives no reason");
  }

  @Test
  void withoutNotesThereIsNoEvidence() {
    assertThat(find("c1").findings()).singleElement().asString().contains("mvn perf-gate");
    evidence.record(
        new Evidence(
            new Receipt(StageName.PROVENANCE, Verdict.PASSED, binding("1.2.0", git.head(), "c1"), Map.of()), "1", "h", NOW));
    assertThat(find("c1").evidence()).isEmpty();
  }

  private EvidenceNotes.Found find(String configuration) {
    return evidence.find(StageName.PERF_GATE, binding("1.2.0", git.head(), configuration));
  }

  private static Receipt.Binding binding(String version, String commit, String configuration) {
    return new Receipt.Binding(version, commit, "live", configuration);
  }

  private static Evidence evidence(Receipt.Binding binding, Verdict verdict, Instant recorded) {
    return new Evidence(
        new Receipt(StageName.PERF_GATE, verdict, binding, Map.of("slowdown", "0.02 \"quoted\" \u00e9")),
        "0.1.0",
        "x86_64 4 cores",
        recorded);
  }
}
