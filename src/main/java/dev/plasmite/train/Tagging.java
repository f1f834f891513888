package dev.plasmite.train;

import dev.plasmite.candidate.BlockerCheck;
import dev.plasmite.candidate.Evidence;
import dev.plasmite.candidate.EvidenceNotes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipt;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.Head;
import dev.plasmite.git.Notes;
import dev.plasmite.git.Push;
import dev.plasmite.git.ReleaseTagging;
import dev.plasmite.git.Remote;
import dev.plasmite.git.Tag;
import dev.plasmite.git.TagSigner;
import dev.plasmite.git.Upstream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pins the candidate with the release tag, when every local gate has passed evidence for this very commit, version and
 * configuration, and no blocker is open. The tag is made in the maintainer's repository, so that it can be taken back
 * until it is pushed; it is pushed together with the evidence, or not at all.
 */
public final class Tagging {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ReleasePlan plan;
  private final Invocation invocation;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Progress progress;

  /**
   * Tagging.
   *
   * @param environment where credentials for origin may be
   */
  public Tagging(ReleasePlan plan, Invocation invocation, Map<String, String> environment, Clock clock, Progress progress) {
    this.plan = plan;
    this.invocation = invocation;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Makes the tag, and pushes it when told to. A tag that is there already, annotated and at the candidate, is left as it
   * is.
   *
   * @param push whether tag and evidence are pushed
   * @param sign whether the tag is signed; empty for what git is configured to ({@code tag.gpgSign})
   * @throws Refusal for everything that stands against it, together
   * @throws OutsideFailure when origin refuses or does not answer; nothing was pushed then
   */
  public void tag(boolean push, Optional<Boolean> sign) {
    if (plan.mode() != Mode.LIVE) {
      throw new Refusal(
          Finding.of("a tag pins the release itself, and mode " + plan.mode().id() + " leaves your repository alone")
              .remedy("-Dplasmite.mode=live; the sandbox tags its own scratch clone by itself"));
    }
    try (GitRepository repository = GitRepository.open(plan.repository())) {
      Head head = repository.head();
      String commit =
          head.commit()
              .orElseThrow(() -> new Refusal(Finding.of("there is no commit to tag yet").remedy("commit the product first")));
      List<String> waived = demandFit(repository);
      TagSigner signer = sign.orElseGet(() -> Signing.configured(repository)) ? new Signing(plan, repository, clock).signer() : TagSigner.NONE;
      boolean there = repository.tag(plan.tag()).isPresent();
      Tag tag = new ReleaseTagging(repository, clock).create(plan.tag(), commit, message(waived), signer);
      progress.line(
          "tag " + tag.name() + (there ? " is there already, at " : " made at ") + commit.substring(0, 12)
              + (signer == TagSigner.NONE || there ? "" : ", signed"));
      if (push) {
        push(repository, tag);
      } else {
        progress.line("not pushed; push it with its evidence: " + invocation.command("plasmite:tag", plan.mode()) + " -Dplasmite.push");
      }
    }
  }

  /** Says what was waived; throws with all that stands against the tag. */
  private List<String> demandFit(GitRepository repository) {
    Receipt.Binding binding = Train.binding(plan, repository);
    EvidenceNotes notes = new EvidenceNotes(new Notes(repository, clock), invocation.toolVersion(), clock);
    List<Finding> findings = new ArrayList<>();
    List<String> waived = new ArrayList<>();
    if (!repository.status().without(repository.root(), plan.directories().leavings()).clean()) {
      findings.add(Finding.of("the work tree is not the commit that would be tagged").remedy("see what differs: git status"));
    }
    for (StageName gate : GateEvidence.localGates()) {
      EvidenceNotes.Found found = notes.find(gate, binding);
      found.findings().stream()
          .filter(f -> !findings.contains(f))
          .forEach(findings::add);
      found.evidence().map(Evidence::receipt).map(Receipt::proof).filter(p -> p.containsKey("waivedBy"))
          .ifPresent(p -> waived.add("WAIVED: " + gate.id() + " by " + p.get("waivedBy") + ": " + p.get("waivedBecause")));
    }
    findings.addAll(new BlockerCheck(new BlockerHome(plan, repository, environment, clock).open(), plan.version()).findings());
    if (findings.stream().anyMatch(Finding::blocks)) {
      throw new Refusal(findings);
    }
    waived.forEach(progress::line);
    return waived;
  }

  private String message(List<String> waived) {
    return plan.version().tag() + (waived.isEmpty() ? "" : "\n\n" + String.join("\n", waived));
  }

  private void push(GitRepository repository, Tag tag) {
    String name = repository.upstream().map(Upstream::remote).orElse("origin");
    Remote remote =
        repository
            .remote(name)
            .orElseThrow(
                () -> new Refusal(Finding.of("there is no remote " + name + " to push to").remedy("git remote add " + name + " URL")));
    String git = plan.clients().getOrDefault("git", "git");
    var credentials = OriginCredentials.forPushing(remote, environment, repository.root(), git);
    Redactor secrets = new Redactor(credentials.map(Credentials::password).stream().toList());
    try {
      new Push(repository, plan.effects(), clock, credentials, LIMIT).tagAndEvidence(remote, tag.name());
    } catch (RuntimeException e) { // a server may repeat what it was sent
      throw RedactedStage.clean(e, secrets);
    }
    progress.line("pushed together to " + remote + ": " + tag.name() + " and the evidence in " + Notes.REF);
  }
}
