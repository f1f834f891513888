package dev.plasmite.candidate;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.git.Credentials;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.Remote;
import dev.plasmite.git.RemoteRefs;
import dev.plasmite.git.Tag;
import dev.plasmite.git.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the candidate is on origin, now, and the release's tag is free, or at the candidate, here and there. */
final class OriginCheck {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final GitRepository repository;
  private final String commit;
  private final String tag;
  private final Optional<Upstream> upstream;
  private final EffectGate gate;
  private final Optional<Credentials> credentials;

  OriginCheck(
      GitRepository repository,
      String commit,
      String tag,
      Optional<Upstream> upstream,
      EffectGate gate,
      Optional<Credentials> credentials) {
    this.repository = repository;
    this.commit = commit;
    this.tag = tag;
    this.upstream = upstream;
    this.gate = gate;
    this.credentials = credentials;
  }

  List<Finding> findings() {
    Optional<Tag> here = repository.tag(tag);
    List<Finding> findings = new ArrayList<>();
    Optional<Remote> remote = repository.remote(upstream.map(Upstream::remote).orElse("origin"));
    if (remote.isEmpty()) {
      here.ifPresent(t -> findings.addAll(tagFindings(t, "here", "git tag -d " + tag)));
      return findings; // told with the branch that follows nothing
    }
    String name = remote.get().name();
    if (!gate.allows(remote.get().local() ? Effect.LOOPBACK : Effect.READ)) {
      here.ifPresent(t -> findings.addAll(tagFindings(t, "here", unlessPushed())));
      findings.add(
          Finding.simulated(
              "mode " + gate.mode().id() + " does not ask " + name + "; what is known of it is of the last fetch"));
      return findings;
    }
    List<String> wanted = new ArrayList<>(List.of("refs/tags/" + tag));
    upstream.ifPresent(u -> wanted.add("refs/heads/" + u.branch()));
    RemoteRefs refs;
    try {
      refs = repository.remoteRefs(remote.get(), wanted, LIMIT, credentials);
    } catch (OutsideFailure e) {
      here.ifPresent(t -> findings.addAll(tagFindings(t, "here", unlessPushed())));
      findings.add(
          Finding.unknown(e.getMessage()).remedy("check the network, and what git says: git ls-remote " + name));
      return findings;
    }
    Optional<Tag> there = refs.tag(tag);
    here.ifPresent(t -> findings.addAll(tagFindings(t, "here", remedyHere(t, there, name))));
    there
        .ifPresent(t -> findings.addAll(tagFindings(t, "on " + name, "release another version: a pushed tag never moves")));
    upstream.ifPresent(u -> branch(u, refs).ifPresent(findings::add));
    return findings;
  }

  private String unlessPushed() {
    return "release another version; or, when it was never pushed: git tag -d " + tag;
  }

  /** To delete the tag here helps only while nobody else has it. */
  private String remedyHere(Tag here, Optional<Tag> there, String remote) {
    if (there.isEmpty()) {
      return "git tag -d " + tag + ": " + remote + " does not have it";
    }
    return there.get().commit().equals(here.commit()) && there.get().annotated() == here.annotated()
        ? "release another version: " + remote + " has this tag too"
        : "take the tag of " + remote + ": git fetch " + remote + " +refs/tags/" + tag + ":refs/tags/" + tag;
  }

  private Optional<Finding> branch(Upstream there, RemoteRefs refs) {
    Optional<String> tip = refs.branch(there.branch());
    if (tip.isEmpty()) {
      return Optional.of(
          Finding.of("there is no branch " + there.branch() + " on " + there.remote())
              .at(Place.file(there.name()))
              .remedy("git push -u " + there.remote() + " HEAD:" + there.branch()));
    }
    if (tip.get().equals(commit) || tip.equals(there.commit())) {
      return Optional.empty(); // nothing new: ahead and behind say the rest
    }
    return Optional.of(
        Finding.of(there.name() + " has moved since the last fetch, to " + tip.get().substring(0, 12))
            .at(Place.file(there.name()))
            .remedy("git fetch " + there.remote() + ", then look again"));
  }

  private List<Finding> tagFindings(Tag found, String where, String remedy) {
    List<Finding> findings = new ArrayList<>();
    if (found.commit().isEmpty()) {
      findings.add(
          Finding.of("tag " + tag + " " + where + " names a " + found.kind() + ", not a commit")
              .at(Place.file(tag))
              .remedy(remedy));
      return findings;
    }
    if (!found.commit().get().equals(commit)) {
      findings.add(
          Finding.of(
                  "tag " + tag + " " + where + " is at commit " + found.commit().get().substring(0, 12)
                      + ", not at the candidate " + commit.substring(0, 12))
              .at(Place.file(tag))
              .remedy(remedy));
    }
    if (!found.annotated()) {
      findings.add(
          Finding.of("tag " + tag + " " + where + " is lightweight: it says not who made it, when, and why")
              .at(Place.file(tag))
              .remedy(remedy));
    }
    return findings;
  }
}
