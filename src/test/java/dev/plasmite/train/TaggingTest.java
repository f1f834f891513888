package dev.plasmite.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.candidate.Evidence;
import dev.plasmite.candidate.EvidenceNotes;
import dev.plasmite.client.Command;
import dev.plasmite.client.Executables;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Notes;
import dev.plasmite.git.RealGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release tag: when it is made, how it is signed and pushed, and that it never moves. */
class TaggingTest {

  @TempDir Path temp;
  private Machines machines;
  private RealGit git;

  @BeforeEach
  void candidate() throws Exception {
    machines = new Machines(temp);
    git = machines.maintainer;
    machines.candidate();
  }

  @AfterEach
  void close() {
    machines.close();
  }

  @Test
  void theTagIsMadeOnlyWhenEveryLocalGateHasPassedEvidenceForThisCommitAndSaysAllThatIsMissing() throws Exception {
    assertThatThrownBy(() -> tag(false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no evidence of gate verify-candidate")
        .hasMessageContaining("no evidence of gate verify-alignment")
        .hasMessageContaining("no evidence of gate perf-gate");
    evidence(Verdict.PASSED, StageName.VERIFY_CANDIDATE, StageName.VERIFY_ALIGNMENT);
    evidence(Verdict.INCONCLUSIVE, StageName.PERF_GATE);
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("gate perf-gate said inconclusive for this commit").hasMessageNotContaining("verify-candidate");
    evidence(Verdict.PASSED, StageName.PERF_GATE);
    git.write("new.txt", "x");
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("the work tree is not the commit that would be tagged");
    Files.delete(git.directory().resolve("new.txt"));
    tag(false);
    assertThat(git.run("cat-file", "-t", "v1.2.0")).isEqualTo("tag");
    assertThat(git.run("rev-parse", "v1.2.0^{commit}")).isEqualTo(git.head());
    assertThat(git.run("tag", "-l", "--format=%(taggername) %(contents:subject)", "v1.2.0")).isEqualTo("Release Person v1.2.0");
    assertThat(machines.origin.run("tag", "-l", "v1.2.0")).as("not pushed without being told").isEmpty();
    assertThat(machines.said).anyMatch(l -> l.equals("not pushed; push it with its evidence: mvn -Prelease plasmite:tag -Dplasmite.mode=live -Dplasmite.push"));
  }

  @Test
  void tagAndEvidenceArePushedTogetherOrNotAtAll() throws Exception {
    passed();
    // Where a ref of that name has others below it, git keeps no ref: the notes alone cannot be taken.
    machines.origin.run("update-ref", Notes.REF + "/in-the-way", "HEAD");
    assertThatThrownBy(() -> tag(true)).hasMessageContaining("nothing was pushed");
    assertThat(machines.origin.run("for-each-ref", "refs/tags/v1.2.0", Notes.REF)).doesNotContain("v1.2.0").contains("in-the-way");
    machines.origin.run("update-ref", "-d", Notes.REF + "/in-the-way");
    tag(true);
    assertThat(machines.origin.run("rev-parse", "v1.2.0")).isEqualTo(git.run("rev-parse", "v1.2.0"));
    assertThat(machines.origin.run("rev-parse", Notes.REF)).isEqualTo(git.run("rev-parse", Notes.REF));
    tag(true); // typed once more, nothing moves
    assertThat(machines.said).anyMatch(l -> l.startsWith("tag v1.2.0 is there already"));
  }

  @Test
  void aTagNeverMoves() throws Exception {
    passed();
    git.run("tag", "v1.2.0");
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("is there already, lightweight").hasMessageContaining("tags do not move");
    git.run("tag", "-d", "v1.2.0");
    git.run("tag", "-a", "v1.2.0", "-m", "elsewhere", "HEAD~1");
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("tags do not move");
    git.run("push", "-q", "origin", "v1.2.0");
    git.run("tag", "-d", "v1.2.0");
    String theirs = machines.origin.run("rev-parse", "v1.2.0");
    assertThatThrownBy(() -> tag(true)).hasMessageContaining("there is another tag v1.2.0 on origin");
    assertThat(machines.origin.run("rev-parse", "v1.2.0")).isEqualTo(theirs);
  }

  @Test
  void anOpenBlockerOrATrackerThatCannotBeReadForbidsIt() throws Exception {
    git.write(".plasmite/blockers.json", "{\"version\": 1, \"blockers\": [{\"id\": \"7\", \"title\": \"docs\", \"state\": \"open\"}]}");
    machines.pushed("blocked");
    passed();
    assertThatThrownBy(() -> tag(false))
        .hasMessageContaining("open blocker 7")
        .hasMessageContaining("mvn plasmite:close-blocker -Dplasmite.blocker=7");
    machines.decisions(git).close("7", "written");
    assertThat(Files.readString(git.directory().resolve(".plasmite/blockers.json")))
        .contains("\"closedBy\" : \"Release Person <release@example.org>\"").contains("written");
    machines.pushed("not blocked");
    passed();
    git.write(".plasmite/blockers.json", "damaged");
    machines.pushed("damaged");
    passed();
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("cannot read the blockers in .plasmite/blockers.json");
  }

  @Test
  void onlyTheReleaseItselfIsTagged() {
    machines.mode = Mode.REHEARSAL;
    assertThatThrownBy(() -> tag(false)).hasMessageContaining("mode rehearsal leaves your repository alone");
  }

  @Test
  void anSshSignatureIsOneThatGitVerifies() throws Exception {
    passed();
    Path key = temp.resolve("signing");
    program("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "release", "-f", key.toString());
    Path allowed = Files.writeString(temp.resolve("allowed"), "release@example.org " + Files.readString(Path.of(key + ".pub")));
    git.run("config", "gpg.format", "ssh");
    git.run("config", "user.signingKey", key.toString());
    git.run("config", "gpg.ssh.allowedSignersFile", allowed.toString());
    git.run("config", "tag.gpgSign", "true");
    machines.tagging(git).tag(true, Optional.empty());
    assertThat(git.attempt("tag", "-v", "v1.2.0").err()).contains("Good \"git\" signature for release@example.org");
    assertThat(machines.origin.run("cat-file", "-p", "v1.2.0")).contains("BEGIN SSH SIGNATURE");
  }

  @Test
  void anOpenPgpSignatureIsOneThatGitVerifies() throws Exception {
    Assumptions.assumeTrue(
        Executables.find("gpg", temp, System.getenv("PATH")).isPresent(), "SKIPPED: gpg is not installed, so no OpenPGP signature was checked");
    passed();
    Path home = Files.createTempDirectory(Path.of("/tmp"), "gpg"); // an agent's socket has a short path
    try {
      assertThat(home.toFile().setReadable(false, false) && home.toFile().setReadable(true, true)).isTrue();
      Path wrapper = Files.writeString(temp.resolve("gpg"), "#!/bin/sh\nexec gpg --homedir '" + home + "' \"$@\"\n");
      assertThat(wrapper.toFile().setExecutable(true)).isTrue();
      program(wrapper.toString(), "--batch", "--passphrase", "", "--quick-generate-key", "Release Person <release@example.org>", "ed25519", "sign", "never");
      git.run("config", "gpg.program", wrapper.toString());
      machines.tagging(git).tag(false, Optional.of(true));
      assertThat(git.attempt("tag", "-v", "v1.2.0").err()).contains("Good signature from \"Release Person <release@example.org>\"");
    } finally {
      program("gpgconf", "--homedir", home.toString(), "--kill", "all");
      try (var left = Files.walk(home)) {
        left.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void tag(boolean push) {
    machines.tagging(git).tag(push, Optional.empty());
  }

  private void passed() {
    evidence(Verdict.PASSED, StageName.VERIFY_CANDIDATE, StageName.VERIFY_ALIGNMENT, StageName.PERF_GATE);
  }

  private void evidence(Verdict verdict, StageName... gates) {
    try (GitRepository repository = GitRepository.open(git.directory())) {
      Receipt.Binding binding = Train.binding(machines.plan(git), repository);
      EvidenceNotes notes = new EvidenceNotes(new Notes(repository, Clock.systemUTC()), "0.1.0", Clock.systemUTC());
      for (StageName gate : gates) {
        notes.record(new Evidence(new Receipt(gate, verdict, binding, Map.of()), "0.1.0", "this host", Instant.now()));
      }
    }
  }

  private void program(String... argv) {
    var exit =
        new Processes(Redactor.NONE)
            .run(Command.of(temp, List.of(argv)).with(Map.of("PATH", System.getenv("PATH"), "HOME", temp.toString())).within(Duration.ofMinutes(10)));
    assertThat(exit.ok()).as(exit.err()).isTrue();
  }
}
