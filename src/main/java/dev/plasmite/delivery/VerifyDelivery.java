package dev.plasmite.delivery;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Channels;
import dev.plasmite.channel.Patience;
import dev.plasmite.channel.SideBySide;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Gets the release back from each channel, into empty environments, as a user would; all channels at once, each waited for
 * as long as it may take to show what was published. {@link ChannelDelivery} says what is asked of one.
 */
public final class VerifyDelivery implements Stage {

  private final SemVer version;
  private final Channels channels;
  private final EffectGate effects;
  private final Path scratch;
  private final Journal journal;
  private final Progress progress;
  private final Function<Channel, Patience> patience;

  /**
   * Makes the stage, with the patience that its mode asks for.
   *
   * @param scratch a directory for the empty environments, of this run's own
   * @param journal written to by several threads at once
   */
  public VerifyDelivery(
      SemVer version, Channels channels, EffectGate effects, Path scratch, Journal journal, Progress progress) {
    this(version, channels, effects, scratch, journal, progress, channel -> Patience.of(effects.mode(), channel.propagation()));
  }

  /** Makes it with a patience for each channel. */
  VerifyDelivery(
      SemVer version,
      Channels channels,
      EffectGate effects,
      Path scratch,
      Journal journal,
      Progress progress,
      Function<Channel, Patience> patience) {
    this.version = version;
    this.channels = channels;
    this.effects = effects;
    this.scratch = scratch;
    this.journal = journal;
    this.progress = progress;
    this.patience = patience;
  }

  @Override
  public StageName name() {
    return StageName.VERIFY_DELIVERY;
  }

  @Override
  public String purpose() {
    return "install the release back from each channel, compare the bytes, run it";
  }

  /** What one channel came to. */
  private record Verified(ChannelReport report, List<Finding> findings) {}

  @Override
  public StageResult run(Receipts earlier) {
    earlier.demandAllBefore(StageName.VERIFY_DELIVERY);
    List<Verified> all = SideBySide.each(channels.open(earlier), this::verify);
    List<Finding> findings = new ArrayList<>();
    all.forEach(verified -> findings.addAll(verified.findings()));
    List<ChannelReport> reports = all.stream().map(Verified::report).toList();
    long delivered = reports.stream().filter(r -> r.state() == State.DELIVERED).count();
    return StageResult.of(findings, Map.of("delivered", String.valueOf(delivered))).withChannels(reports);
  }

  private Verified verify(Channel channel) {
    say("installing back from " + channel.name());
    ChannelDelivery delivery =
        new ChannelDelivery(channel, new SaidVersion(version), purpose -> emptyDirectory(channel, purpose), effects.rehearses(), this::say);
    ChannelReport report = delivery.verify(patience.apply(channel));
    write(report);
    List<String> tried = report.trials().stream().map(trial -> trial.with() + " " + trial.result().id()).toList();
    say(channel.name() + ": " + report.state().id() + (tried.isEmpty() ? "" : " (" + String.join(", ", tried) + ")"));
    return new Verified(report, delivery.findings());
  }

  /** One line a file; of a channel that delivers nothing, one all the same. */
  private void write(ChannelReport report) {
    List<Shipped> files = report.artifacts().isEmpty() ? List.of(new Shipped("", null, null, null)) : report.artifacts();
    for (Shipped file : files) {
      Map<String, String> facts = new TreeMap<>();
      facts.put("channel", report.name());
      facts.put("file", file.file());
      facts.put("sha256", Objects.requireNonNullElse(file.sha256(), ""));
      facts.put("delivered", Objects.requireNonNullElse(file.deliveredSha256(), ""));
      facts.put("state", report.state().id());
      journal.record(Journal.Event.VERIFIED, facts);
    }
  }

  /** One whole line at a time, whichever channel speaks. */
  private void say(String line) {
    synchronized (progress) {
      progress.line(line);
    }
  }

  private Path emptyDirectory(Channel channel, String purpose) {
    try {
      Path parent = Files.createDirectories(scratch);
      String prefix = channel.name().replaceAll("[^A-Za-z0-9]+", "-") + "-" + purpose + "-";
      return Files.createTempDirectory(parent, prefix).toRealPath();
    } catch (IOException e) {
      throw new OutsideFailure("cannot make an empty directory for " + channel.name(), e);
    }
  }
}
