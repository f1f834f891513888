package dev.plasmite.delivery;

import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Channels;
import dev.plasmite.channel.Delivered;
import dev.plasmite.channel.Installation;
import dev.plasmite.client.Exit;
import dev.plasmite.gate.ChannelReport;
import dev.plasmite.gate.ChannelReport.Shipped;
import dev.plasmite.gate.ChannelReport.State;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Gets the release back from each channel, into empty environments, as a user would: first the bytes, compared with what
 * was staged before any of it runs; then an installation by the users' client, and the program must say this version.
 */
public final class VerifyDelivery implements Stage {

  private final SemVer version;
  private final Channels channels;
  private final Path scratch;
  private final Journal journal;
  private final Progress progress;

  /**
   * Makes the stage.
   *
   * @param scratch a directory for the empty environments, of this run's own
   */
  public VerifyDelivery(
      SemVer version, Channels channels, Path scratch, Journal journal, Progress progress) {
    this.version = version;
    this.channels = channels;
    this.scratch = scratch;
    this.journal = journal;
    this.progress = progress;
  }

  @Override
  public StageName name() {
    return StageName.VERIFY_DELIVERY;
  }

  @Override
  public String purpose() {
    return "install the release back from each channel, compare the bytes, run it";
  }

  @Override
  public StageResult run(Receipts earlier) {
    earlier.demandAllBefore(StageName.VERIFY_DELIVERY);
    List<Finding> findings = new ArrayList<>();
    List<ChannelReport> reports = new ArrayList<>();
    for (Channel channel : channels.open(earlier)) {
      progress.line("installing back from " + channel.name());
      List<Finding> found = new ArrayList<>();
      reports.add(verify(channel, found));
      findings.addAll(channel.tier().equals("official") ? found : found.stream().map(VerifyDelivery::asWarning).toList());
    }
    long delivered = reports.stream().filter(r -> r.state() == State.DELIVERED).count();
    return StageResult.of(findings, Map.of("delivered", String.valueOf(delivered))).withChannels(reports);
  }

  private ChannelReport verify(Channel channel, List<Finding> found) {
    Map<String, Shipped> files = new LinkedHashMap<>();
    State state = State.FAILED;
    try {
      List<Delivered> fetched = channel.fetch(emptyDirectory(channel, "fetched"));
      if (fetched.isEmpty()) {
        found.add(Finding.of(channel.name() + " delivers nothing of this release").remedy("run publish first"));
      }
      fetched.forEach(d -> compare(channel, d, files, found));
      if (found.isEmpty()) {
        install(channel, files, found); // nothing of it runs before its bytes are known to be ours
      }
      state = found.isEmpty() ? State.DELIVERED : sameBytes(files) ? State.PUBLISHED : State.FAILED;
    } catch (OutsideFailure e) {
      state = State.UNKNOWN;
      found.add(
          Finding.unknown("cannot get the release back from " + channel.name() + ": " + e.getMessage())
              .remedy("type verify-delivery again; nothing is published a second time"));
    }
    for (Shipped file : files.values()) {
      Map<String, String> facts = new TreeMap<>();
      facts.put("channel", channel.name());
      facts.put("file", file.file());
      facts.put("sha256", file.sha256());
      facts.put("delivered", String.valueOf(file.deliveredSha256()));
      facts.put("state", state.id());
      journal.record(Journal.Event.VERIFIED, facts);
    }
    return new ChannelReport(channel.name(), channel.tier(), state, List.copyOf(files.values()));
  }

  private static boolean sameBytes(Map<String, Shipped> files) {
    return !files.isEmpty() && files.values().stream().allMatch(f -> f.sha256().equals(f.deliveredSha256()));
  }

  private static void compare(Channel channel, Delivered delivered, Map<String, Shipped> files, List<Finding> found) {
    Shipped before = files.get(delivered.file());
    String stated = delivered.stated() == null && before != null ? before.publishedSha256() : delivered.stated();
    files.put(delivered.file(), new Shipped(delivered.file(), delivered.staged(), stated, delivered.sha256()));
    if (!delivered.staged().equals(delivered.sha256())) {
      found.add(
          Finding.of(
                  channel.name() + " delivers other bytes of " + delivered.file() + ": sha256 " + delivered.sha256()
                      + ", staged was " + delivered.staged())
              .remedy("do not announce this release; find out who published there, then release a new version"));
    }
  }

  private void install(Channel channel, Map<String, Shipped> files, List<Finding> found) {
    for (Installation installation : channel.installations(emptyDirectory(channel, "installed"))) {
      judge(channel, installation, files, found);
    }
  }

  private void judge(Channel channel, Installation installation, Map<String, Shipped> files, List<Finding> found) {
    if (!installation.client().ok()) {
      found.add(
          Finding.of(
                  "cannot install from " + channel.name() + ": " + installation.how() + " ended with "
                      + (installation.client().timedOut() ? "no answer in time" : "code " + installation.client().code())
                      + ": " + installation.client().tail(12))
              .remedy("users meet the same: mend it, then type verify-delivery again"));
      return;
    }
    installation.received().stream()
        .filter(d -> files.containsKey(d.file()))
        .forEach(d -> compare(channel, d, files, found));
    installation.smoke().ifPresent(exit -> saysVersion(channel, exit, found));
  }

  private void saysVersion(Channel channel, Exit exit, List<Finding> found) {
    if (!exit.ok()) {
      found.add(
          Finding.of("the program installed from " + channel.name() + " does not run: " + exit.tail(8))
              .remedy("users meet the same: release a mended version"));
    } else if (!names(version, exit.out())) {
      found.add(
          Finding.of("the program installed from " + channel.name() + " does not say " + version + " but: " + exit.tail(3))
              .remedy("the channel delivers another program than the one that was built; release a mended version"));
    }
  }

  /** Whether a text names exactly this version: 1.2.0 is not named by 1.2.0-rc.1 or 11.2.0. */
  static boolean names(SemVer version, String text) {
    return Pattern.compile("(?<![0-9A-Za-z.+-])v?" + Pattern.quote(version.toString()) + "(?![0-9A-Za-z+-]|\\.[0-9A-Za-z])")
        .matcher(text)
        .find();
  }

  private static Finding asWarning(Finding finding) {
    return new Finding(Finding.Severity.WARNING, "(preview channel) " + finding.what(), finding.place(), finding.remedy());
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
