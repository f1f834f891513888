package dev.plasmite.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a ledger is, kept beside it: {@code <number of lines, 12 digits> <sum of the last line>}. A chain of sums tells
 * an edited line and one that was taken out of the middle; lines cut off the end leave a chain that is whole, and only
 * this tells of them. It is written after the line, so that a run that is killed between the two leaves it one line short.
 */
final class LedgerHead {

  private static final Pattern FORM = Pattern.compile("(?<lines>[0-9]{12}) (?<sum>[0-9a-f]{64})\n");

  private final Path file;

  private LedgerHead(Path file) {
    this.file = file;
  }

  /** The head of a ledger. */
  static LedgerHead of(Path ledger) {
    return new LedgerHead(ledger.resolveSibling(ledger.getFileName() + ".head"));
  }

  /**
   * What is kept.
   *
   * @param lines how many lines the ledger has at least
   * @param sum the sum of the last of them
   */
  record Mark(long lines, String sum) {}

  Path file() {
    return file;
  }

  /** Whether there is a head at all. */
  boolean exists() {
    return Files.exists(file);
  }

  /** The mark; nothing when there is none that can be read. */
  Optional<Mark> read() throws IOException {
    if (!exists()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    return form.matches() ? Optional.of(new Mark(Long.parseLong(form.group("lines")), form.group("sum"))) : Optional.empty();
  }

  /** Writes the mark in one piece, smaller than any disk's block; it is on the disk when this returns. */
  void write(long lines, String sum) throws IOException {
    byte[] text = String.format(Locale.ROOT, "%012d %s\n", lines, sum).getBytes(StandardCharsets.ISO_8859_1);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text), 0);
      channel.truncate(text.length);
      channel.force(true);
    }
  }
}
