package dev.plasmite.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the template of {@code report.html} shows, word for word; all decisions are made before. Texts are plain: the
 * template escapes every one of them.
 *
 * @param policy the page's Content-Security-Policy
 * @param tone the verdict's symbol and colour: {@code passed}, {@code failed}, {@code inconclusive}, {@code skipped}
 * @param began date and time, UTC
 * @param checksums the lines of a {@code sha256sum} file
 */
record HtmlView(
    String policy,
    String title,
    String mode,
    String modeMeans,
    String tone,
    String headline,
    List<String> details,
    String advice,
    String command,
    String version,
    String tag,
    String commit,
    String began,
    String took,
    List<Station> stations,
    List<StageFindings> findings,
    List<Channel> channels,
    String checksums,
    List<Proof> proofs,
    String ledger,
    String ledgerTail,
    String tool,
    String os,
    String java,
    String mavenVersion) {

  /** The details that stand in large letters: gates that a person has let through. */
  List<String> waivers() {
    return details.stream().filter(HtmlView::isWaiver).toList();
  }

  /** The other details. */
  List<String> remarks() {
    return details.stream().filter(d -> !isWaiver(d)).toList();
  }

  boolean hasDetails() {
    return !remarks().isEmpty();
  }

  private static boolean isWaiver(String detail) {
    return detail.startsWith("WAIVED: GATE ");
  }

  boolean hasFindings() {
    return !findings.isEmpty();
  }

  boolean hasChannels() {
    return !channels.isEmpty();
  }

  boolean hasChecksums() {
    return !checksums.isEmpty();
  }

  boolean hasProofs() {
    return !proofs.isEmpty();
  }

  boolean hasLedger() {
    return !ledger.isEmpty();
  }

  boolean hasLedgerTail() {
    return !ledgerTail.isEmpty();
  }

  /**
   * A stage on the line.
   *
   * @param travelled whether the train went on from here
   * @param here whether it stands here
   * @param share percent of the whole time
   */
  record Station(
      String name,
      String question,
      String verdict,
      String symbol,
      boolean simulated,
      boolean ran,
      boolean travelled,
      boolean here,
      String took,
      String share,
      String remarks) {}

  /** The findings of a stage. */
  record StageFindings(String stage, List<Item> items) {}

  /** One finding; place and remedy empty for none. */
  record Item(String severity, String word, String what, String place, String remedy) {

    private static final Pattern COMMAND = Pattern.compile("(?:mvn|git|cargo|npm|pip|uv|ergo) (?!.*(?:[,;…]|: )).+");

    boolean hasPlace() {
      return !place.isEmpty();
    }

    /** Whether the remedy can be typed as it stands. */
    boolean isCommand() {
      return COMMAND.matcher(remedy).matches();
    }

    boolean isAdvice() {
      return !remedy.isEmpty() && !isCommand();
    }
  }

  /** One channel. */
  record Channel(
      String name, String tier, String state, String stateWord, List<File> files, List<Trial> trials) {

    boolean hasTrials() {
      return !trials.isEmpty();
    }
  }

  /**
   * One trial.
   *
   * @param result {@code ran}, {@code installed}, {@code not-run} or {@code failed}
   */
  record Trial(String with, String result, String resultWord, String detail) {

    boolean hasDetail() {
      return !detail.isEmpty();
    }
  }

  /** One file; its digests as built, published and delivered. */
  record File(String file, boolean differs, List<Digest> digests) {}

  /**
   * One digest in its column.
   *
   * @param kind {@code built}, {@code same}, {@code different}, {@code unproven} or {@code missing}
   * @param sign what it is in words or a sign
   * @param picture path of the digest's picture, 5 x 5
   */
  record Digest(String label, String kind, String sign, boolean known, String picture, String full, String shown) {}

  /** What a stage proved. */
  record Proof(String stage, List<Fact> facts) {}

  /** One fact. */
  record Fact(String name, String value) {}
}
