package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags and notes as they are made, pushed and merged, read back with the git client. */
class EvidenceTest {

  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.ofHours(2));
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path dir;
  private RealGit git;
  private RealGit origin;
  private final List<GitRepository> opened = new ArrayList<>();

  @BeforeEach
  void anOrigin() throws Exception {
    git = named(RealGit.withOrigin(dir));
    origin = new RealGit(dir.resolve("origin.git"));
  }

  @AfterEach
  void close() {
    opened.forEach(GitRepository::close);
  }

  @Test
  void notesAreAppendedAndReadByTheGitClientToo() {
    Notes notes = notes(git);
    assertThat(notes.read(git.head())).isEmpty();
    notes.append(git.head(), "{\"gate\":\"perf-gate\"}");
    notes.append(git.head(), "{\"gate\":\"provenance\"}");
    notes.append(git.head(), "{\"gate\":\"perf-gate\"}");
    assertThat(notes.read(git.head())).containsExactly("{\"gate\":\"perf-gate\"}", "{\"gate\":\"provenance\"}");
    assertThat(git.run("notes", "--ref", "plasmite", "show", git.head()))
        .isEqualTo("{\"gate\":\"perf-gate\"}\n{\"gate\":\"provenance\"}");
    assertThat(git.run("log", "-1", "--format=%cn %cI", Notes.REF)).isEqualTo("Release Person 2026-11-22T12:00:00+02:00");
    assertThat(git.run("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void whatTheGitClientNotedIsRead() {
    git.run("notes", "--ref", "plasmite", "add", "-m", "one\n\ntwo", git.head());
    assertThat(notes(git).read(git.head())).containsExactly("one", "two");
  }

  @Test
  void aLineIsOneLine() {
    assertThatThrownBy(() -> notes(git).append(git.head(), "a\nb")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> notes(git).append(git.head(), " ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyWritersLoseNothing() throws Exception {
    String head = git.head();
    List<Thread> writers = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int w = 0; w < 3; w++) {
      Notes notes = notes(git);
      int writer = w;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 5; i++) {
                  // A lock that others hold for longer than a few attempts is told, and tried again by whoever wants.
                  for (boolean written = false; !written; ) {
                    try {
                      notes.append(head, writer + "." + i);
                      written = true;
                    } catch (OutsideFailure e) {
                      assertThat(e).hasMessageContaining("by another process");
                      LockSupport.parkNanos(2_000_000);
                    }
                  }
                }
              });
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      writers.add(thread);
      thread.start();
    }
    for (Thread thread : writers) {
      thread.join(600_000);
    }
    assertThat(failures).isEmpty();
    assertThat(notes(git).read(head)).hasSize(15);
  }

  @Test
  void aTagIsAnnotatedAndNeverMoves() {
    ReleaseTagging tagging = new ReleaseTagging(open(git), CLOCK);
    Tag tag = tagging.create("v1.0.0", git.head(), "Release 1.0.0");
    assertThat(tag.annotated()).isTrue();
    assertThat(tagging.create("v1.0.0", git.head(), "again")).isEqualTo(tag);
    assertThat(git.run("cat-file", "tag", "v1.0.0"))
        .isEqualTo(
            "object " + git.head() + "\ntype commit\ntag v1.0.0\n"
                + "tagger Release Person <release@example.org> 1795341600 +0200\n\nRelease 1.0.0");
    String next = git.commit("next");
    assertThatThrownBy(() -> tagging.create("v1.0.0", next, "x"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("tag v1.0.0 is there already, at commit")
        .hasMessageContaining("tags do not move");
    git.run("tag", "v2.0.0");
    assertThatThrownBy(() -> tagging.create("v2.0.0", next, "x")).isInstanceOf(Refusal.class).hasMessageContaining("lightweight");
    for (String wrong : List.of("-d", "a..b", "a b", "", "x.lock")) {
      assertThatThrownBy(() -> tagging.create(wrong, next, "x")).as(wrong).isInstanceOf(Refusal.class);
    }
    assertThat(git.run("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void tagAndEvidenceArriveTogether() {
    new ReleaseTagging(open(git), CLOCK).create("v1.0.0", git.head(), "one");
    notes(git).append(git.head(), "evidence");
    push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.0");
    assertThat(origin.run("rev-parse", "v1.0.0^{commit}")).isEqualTo(git.head());
    assertThat(origin.run("notes", "--ref", "plasmite", "show", git.head())).isEqualTo("evidence");
    push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.0");
  }

  @Test
  void whatTwoMachinesNotedIsMergedLineByLine() throws Exception {
    RealGit other = other();
    String head = git.head();
    notes(git).append(head, "common");
    new ReleaseTagging(open(git), CLOCK).create("v1.0.0", head, "one");
    push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.0");
    notes(other).append(head, "theirs");
    String second = other.commit("second");
    other.run("push", "-q");
    notes(other).append(second, "theirs too");
    new ReleaseTagging(open(other), CLOCK).create("v1.1.0", second, "two");
    push(other, Mode.SANDBOX).tagAndEvidence(remote(other), "v1.1.0");
    notes(git).append(head, "ours");
    new ReleaseTagging(open(git), CLOCK).create("v1.0.1", head, "one more");
    push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.1");
    assertThat(origin.run("notes", "--ref", "plasmite", "show", head).lines())
        .containsExactlyInAnyOrder("common", "theirs", "ours");
    assertThat(origin.run("notes", "--ref", "plasmite", "show", second)).isEqualTo("theirs too");
    notes(other).mergeFrom(remote(other), LIMIT, Optional.empty());
    assertThat(notes(other).read(head)).containsExactlyInAnyOrder("common", "theirs", "ours");
    assertThat(other.run("rev-parse", Notes.REF)).isEqualTo(git.run("rev-parse", Notes.REF));
  }

  @Test
  void anotherTagOnTheRemoteIsRefusedAndNothingArrives() throws Exception {
    RealGit other = other();
    new ReleaseTagging(open(other), CLOCK).create("v1.0.0", other.head(), "theirs");
    push(other, Mode.SANDBOX).tagAndEvidence(remote(other), "v1.0.0");
    new ReleaseTagging(open(git), CLOCK).create("v1.0.0", git.head(), "ours");
    notes(git).append(git.head(), "ours");
    assertThatThrownBy(() -> push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.0"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there is another tag v1.0.0 on origin");
    assertThat(origin.attempt("rev-parse", "--verify", "-q", Notes.REF).ok()).isFalse();
    assertThat(origin.run("tag", "-n1")).contains("theirs");
  }

  @Test
  void aLightweightTagIsNotPushed() {
    git.run("tag", "v1.0.0");
    assertThatThrownBy(() -> push(git, Mode.SANDBOX).tagAndEvidence(remote(git), "v1.0.0"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no annotated tag");
  }

  @Test
  void onlyLiveModePushesOutside() {
    new ReleaseTagging(open(git), CLOCK).create("v1.0.0", git.head(), "one");
    git.run("remote", "set-url", "origin", "https://git.example/lantern.git");
    for (Mode mode : List.of(Mode.SANDBOX, Mode.REHEARSAL)) {
      assertThatThrownBy(() -> push(git, mode).tagAndEvidence(remote(git), "v1.0.0"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("mode " + mode.id() + " does not allow to push v1.0.0 to origin");
    }
    git.run("remote", "set-url", "origin", dir.resolve("gone.git").toString());
    assertThatThrownBy(() -> push(git, Mode.LIVE).tagAndEvidence(remote(git), "v1.0.0")).isInstanceOf(OutsideFailure.class);
  }

  @Test
  void theMachinesSshIsSpokenThrough() throws Exception {
    Path ssh = dir.resolve("ssh");
    Path log = dir.resolve("ssh.log");
    Files.writeString(ssh, "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + log + "'\nfor last; do :; done\nexec sh -c \"$last\"\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    URIish uri = new URIish("ssh://git@git.example:2222" + origin.directory());
    try (Transport transport = Transport.open(open(git).jgit(), uri)) {
      ((SshTransport) transport).setSshSessionFactory(SystemSsh.of(ssh.toString()));
      transport.setTimeout(20);
      try (FetchConnection connection = transport.openFetch()) {
        assertThat(connection.getRefs()).extracting(Ref::getName).contains("refs/heads/main");
      }
    }
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "-oBatchMode=yes", "-oConnectTimeout=20", "-p", "2222", "--", "git@git.example",
            "git-upload-pack '" + origin.directory() + "'");
  }

  private RealGit other() {
    new RealGit(dir).run("clone", "-q", dir.resolve("origin.git").toString(), "other");
    return named(new RealGit(dir.resolve("other")));
  }

  private static RealGit named(RealGit git) {
    git.run("config", "user.name", "Release Person");
    git.run("config", "user.email", "release@example.org");
    return git;
  }

  private GitRepository open(RealGit in) {
    GitRepository repository = GitRepository.open(in.directory());
    opened.add(repository);
    return repository;
  }

  private Notes notes(RealGit in) {
    return new Notes(open(in), CLOCK);
  }

  private Push push(RealGit in, Mode mode) {
    return new Push(open(in), new EffectGate(mode), CLOCK, Optional.empty(), LIMIT);
  }

  private Remote remote(RealGit in) {
    return open(in).remote("origin").orElseThrow();
  }
}
