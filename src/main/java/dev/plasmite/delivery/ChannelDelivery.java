package dev.plasmite.delivery;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.Installation;
import dev.plasmite.channel.NotThere;
import dev.plasmite.channel.Patience;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.ChannelReport.Trial;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One channel's delivery: its files, compared with what was staged; then an installation with each of its users' clients,
 * and what they received, compared too; then the program. Nothing of it runs before its bytes are known to be ours.
 */
final class ChannelDelivery {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Channel channel;
  private final SaidVersion version;
  private final Function<String, Path> emptyDirectory;
  private final boolean rehearsal;
  private final Progress progress;
  private final Map<String, Shipped> files = new LinkedHashMap<>();
  private final List<Trial> trials = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private State state = State.UNKNOWN;
  private boolean settled;
  private boolean differ;
  private String waitedFor = "";

  /**
   * A delivery.
   *
   * @param emptyDirectory makes one for a purpose
   * @param rehearsal whether nothing was sent, so that what is not there is not missing
   */
  ChannelDelivery(
      Channel channel, SaidVersion version, Function<String, Path> emptyDirectory, boolean rehearsal, Progress progress) {
    this.channel = channel;
    this.version = version;
    this.emptyDirectory = emptyDirectory;
    this.rehearsal = rehearsal;
    this.progress = progress;
  }

  /** Tries until the channel delivers, or says something that time does not mend, or the patience is at its end. */
  ChannelReport verify(Patience patience) {
    patience.ask(channel.name() + ": waiting until it delivers the release", this::told, done -> settled, progress);
    return new ChannelReport(channel.name(), channel.tier(), state, List.copyOf(files.values()), trials);
  }

  /** What was found, as the channel's tier weighs it. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    if (channel.tier().equals("official")) {
      if (all.stream().noneMatch(Finding::blocks) && state != State.PLANNED) {
        unearnedTier().ifPresent(all::add);
      }
      return all;
    }
    return all.stream().map(ChannelDelivery::asWarning).toList();
  }

  /** An attempt; what is waited for is told when it is news. */
  private ChannelDelivery told() {
    String before = waitedFor;
    attempt();
    waitedFor = settled || findings.isEmpty() ? "" : findings.get(0).what();
    if (!waitedFor.equals(before) && !waitedFor.isEmpty()) {
      progress.line(waitedFor);
    }
    return this;
  }

  private void attempt() {
    findings.clear();
    trials.clear();
    settled = true;
    try {
      if (files.isEmpty()) { // what came once and was compared is not fetched again
        fetch();
      }
      if (findings.isEmpty()) {
        install();
      }
      state = differ ? State.FAILED : !findings.isEmpty() ? State.PUBLISHED : used() ? State.DELIVERED : State.PUBLISHED;
      settled |= differ; // other bytes are final
      notRunHere();
    } catch (NotThere e) {
      missing(e);
    } catch (OutsideFailure e) {
      settled = rehearsal;
      state = differ ? State.FAILED : files.isEmpty() ? State.UNKNOWN : State.PUBLISHED;
      findings.add(
          Finding.unknown("cannot get the release back from " + channel.name() + ": " + e.getMessage())
              .remedy("type verify-delivery again; nothing is published a second time"));
    } catch (Refusal e) {
      state = State.FAILED;
      findings.addAll(e.findings());
    }
  }

  private void fetch() {
    List<Delivered> fetched = channel.fetch(emptyDirectory.apply("fetched"));
    if (fetched.isEmpty()) {
      findings.add(Finding.of(channel.name() + " delivers nothing of this release").remedy("run publish first"));
    }
    fetched.forEach(this::compare);
  }

  /** The gate before this one has seen the release there, so that it is published, and not delivered. */
  private void missing(NotThere e) {
    settled = rehearsal;
    if (rehearsal) {
      state = State.PLANNED;
      findings.add(
          Finding.warning(channel.name() + " does not have this release yet, so it is not installed back: a rehearsal publishes nothing (" + e.getMessage() + ")"));
      return;
    }
    state = State.PUBLISHED;
    findings.add(
        Finding.of(channel.name() + " holds this release and does not deliver it: " + e.getMessage())
            .remedy("type verify-delivery again when it shows the release to everybody; nothing is published a second time"));
  }

  private void compare(Delivered delivered) {
    Shipped before = files.get(delivered.file());
    String stated = delivered.stated() == null && before != null ? before.publishedSha256() : delivered.stated();
    boolean same = delivered.staged().equals(delivered.sha256());
    if (before == null || !same) {
      files.put(delivered.file(), new Shipped(delivered.file(), sha256(delivered.staged()), sha256(stated), sha256(delivered.sha256())));
    }
    if (!same) {
      differ = true;
      findings.add(
          Finding.of(
                  channel.name() + " delivers other bytes of " + delivered.file() + ": sha256 " + delivered.sha256()
                      + ", staged was " + delivered.staged())
              .remedy("do not announce this release; find out who published there, then release a new version"));
    }
  }

  private void install() {
    for (Installation installation : channel.installations(emptyDirectory.apply("installed"))) {
      int before = findings.size();
      judge(installation);
      boolean failed = findings.size() > before;
      Trial.Result result =
          failed ? Trial.Result.FAILED : installation.smoke().isPresent() ? Trial.Result.RAN : Trial.Result.INSTALLED;
      String detail =
          failed ? firstLine(findings.get(before).what()) : installation.smoke().map(exit -> "says " + firstLine(exit.out() + exit.err())).orElse("no smoke test");
      trials.add(new Trial(installation.with(), result, failed ? detail : detail + together(installation)));
    }
  }

  /** The names of a release that were installed in one go, when there are several. */
  private static String together(Installation installation) {
    List<String> files = installation.received().stream().map(Delivered::file).toList();
    return files.size() < 2 ? "" : " (installed together: " + String.join(", ", files) + ")";
  }

  private void judge(Installation installation) {
    if (!installation.client().ok()) {
      settled = false; // a client may read from another edge of the registry's network than we do
      findings.add(
          Finding.of(
                  "cannot install from " + channel.name() + ": " + installation.how() + " ended with "
                      + (installation.client().timedOut() ? "no answer in time" : "code " + installation.client().code())
                      + ": " + installation.client().tail(12))
              .remedy("users meet the same: mend it, then type verify-delivery again"));
      return;
    }
    installation.received().forEach(this::compare);
    installation.smoke().flatMap(exit -> version.judge(channel.name() + " with " + installation.with(), exit)).ifPresent(findings::add);
  }

  /** What is not for this machine is told, so that nobody takes it for run. */
  private void notRunHere() {
    channel.notRunHere().forEach((what, why) -> trials.add(new Trial(what, Trial.Result.NOT_RUN, why)));
  }

  /** The tier is official only where a smoke test exists and passes. */
  private Optional<Finding> unearnedTier() {
    if (trials.stream().anyMatch(trial -> trial.result() == Trial.Result.RAN)) {
      return Optional.empty();
    }
    return Optional.of(
        used()
            ? Finding.of(channel.name() + " claims the tier official, and nothing of it was run: it has no smoke test, or no program")
                .remedy("write <smoke>PROGRAM --version</smoke> for the channel, or <tier>preview</tier>")
            : Finding.unknown(channel.name() + " claims the tier official, and nothing that it delivers can be run on this machine")
                .remedy("type verify-delivery on a machine that it is for; where no file of this channel is a program, write <tier>preview</tier>"));
  }

  private boolean used() {
    return trials.stream().anyMatch(trial -> trial.result() == Trial.Result.RAN || trial.result() == Trial.Result.INSTALLED);
  }

  /** A digest; what a channel says in its place is told in a finding. */
  private static String sha256(String text) {
    return text != null && SHA256.matcher(text).matches() ? text : null;
  }

  private static Finding asWarning(Finding finding) {
    return finding.blocks()
        ? new Finding(Finding.Severity.WARNING, "(preview channel) " + finding.what(), finding.place(), finding.remedy())
        : finding;
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("nothing");
  }
}
