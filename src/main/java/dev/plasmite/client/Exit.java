package dev.plasmite.client;

/**
 * How a process ended.
 *
 * @param code its exit code
 * @param out what it printed, UTF-8, with secrets redacted
 * @param err what it printed to the error stream, likewise
 * @param timedOut whether it was ended at its limit
 */
public record Exit(int code, String out, String err, boolean timedOut) {

  /** Whether it ended by itself with code 0. */
  public boolean ok() {
    return code == 0 && !timedOut;
  }

  /** The last lines of what it said, the error stream first, for a message: at most {@code lines} lines. */
  public String tail(int lines) {
    String text = (err.isBlank() ? out : err).strip();
    String[] all = text.split("\\R");
    int from = Math.max(0, all.length - lines);
    return String.join("\n", java.util.Arrays.asList(all).subList(from, all.length));
  }
}
