package dev.plasmite.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Digests;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Journal;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The append-only record of what the train did and saw: JSON lines {@code {"seq", "prev", "at", "event", ..., "sum"}}, where
 * {@code sum} is the sha256 of the line without it and {@code prev} the sum of the line before; each is on the disk
 * before the train goes on. Beside it {@link LedgerHead} says how long it is. Open, it holds a lock that the
 * operating system frees when the process dies; a second run is refused. A last line without its line end is what a
 * kill in the middle of a write leaves: it never counted, and is cut off. Anything else that does not fit was edited,
 * damaged or cut, and stops the train.
 */
public final class Ledger implements Journal, AutoCloseable {

  /** The {@code event} of a line that holds a gate's verdict. */
  public static final String VERDICT = "verdict";

  private static final String START = "0".repeat(64);

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final Clock clock;
  private final LedgerHead head;
  private final ObjectMapper json = StrictJson.mapper();
  private final List<JsonNode> lines = new ArrayList<>();
  private String previous = START;
  private long end;

  private Ledger(Path file, FileChannel channel, FileLock lock, Clock clock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.clock = clock;
    this.head = LedgerHead.of(file);
  }

  /**
   * Opens the ledger for writing, made when it is not there.
   *
   * @throws Refusal when another run holds it, or a line was edited, damaged or taken away
   */
  public static Ledger open(Path file, Clock clock) {
    try {
      Files.createDirectories(file.getParent());
      boolean fresh = !Files.exists(file); // who moves it away starts afresh
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean kept = false;
      try {
        Ledger ledger = new Ledger(file, channel, lock(file, channel), clock);
        long good = ledger.replay(read(channel), fresh ? Optional.empty() : ledger.mark());
        channel.truncate(good);
        channel.position(good);
        ledger.end = good;
        ledger.head.write(ledger.lines.size(), ledger.previous);
        if (fresh) {
          force(file.getParent());
        }
        kept = true;
        return ledger;
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot open the ledger " + file, e);
    }
  }

  /**
   * Reads a ledger that may be in use, without a lock; nothing when there is none.
   *
   * @throws Refusal when a line was edited, damaged or taken away
   */
  public static List<JsonNode> peek(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      Ledger reader = new Ledger(file, null, null, Clock.systemUTC());
      Optional<LedgerHead.Mark> mark = reader.mark(); // first: the ledger may grow meanwhile
      reader.replay(Files.readAllBytes(file), mark);
      return List.copyOf(reader.lines);
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the ledger " + file, e);
    }
  }

  /** All lines, in time order. */
  public synchronized List<JsonNode> lines() {
    return List.copyOf(lines);
  }

  /** Where it is kept. */
  public Path file() {
    return file;
  }

  @Override
  public void record(Event event, Map<String, String> facts) {
    ObjectNode line = json.createObjectNode();
    facts.forEach(line::put);
    append(event.name().toLowerCase(Locale.ROOT), line);
  }

  @Override
  public synchronized List<Entry> entries() {
    return lines.stream().flatMap(line -> JournalEntries.of(line).stream()).toList();
  }

  /**
   * Appends a line; it is on the disk when this returns. Channels write at the same time.
   *
   * @throws OutsideFailure when it cannot be made durable
   */
  public synchronized void append(String event, ObjectNode facts) {
    ObjectNode line = json.createObjectNode();
    line.put("seq", lines.size() + 1);
    line.put("prev", previous);
    line.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("event", event);
    line.setAll(facts);
    try {
      byte[] bytes = json.writeValueAsBytes(line);
      String sum = Digests.sha256(bytes);
      String whole = new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8) + sumField(sum) + "\n";
      ByteBuffer out = ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8));
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.force(true);
      previous = sum;
      lines.add(line);
      end = channel.position();
      head.write(lines.size(), sum);
    } catch (IOException e) {
      cutOff(e);
      throw new OutsideFailure("cannot write the ledger " + file, e);
    }
  }

  /** A line that got to the disk in part must not stand before the next one. */
  private void cutOff(IOException cause) {
    try {
      channel.truncate(end);
      channel.position(end);
    } catch (IOException e) {
      cause.addSuppressed(e); // the next opening cuts it off
    }
  }

  @Override
  public void close() {
    try {
      try {
        lock.release();
      } finally {
        channel.close();
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot close the ledger " + file, e);
    }
  }

  /** Takes the lines in, and says up to which byte they are whole. */
  private long replay(byte[] bytes, Optional<LedgerHead.Mark> mark) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        byte[] line = java.util.Arrays.copyOfRange(bytes, from, i);
        lines.add(checked(new String(line, StandardCharsets.UTF_8)));
        from = i + 1;
        if (mark.isPresent() && mark.get().lines() == lines.size() && !mark.get().sum().equals(previous)) {
          throw damaged(lines.size(), "is not the one that was last");
        }
      }
    }
    if (mark.isPresent() && mark.get().lines() > lines.size()) {
      throw damaged(lines.size() + 1, "and what follows it, up to line " + mark.get().lines() + ", is gone");
    }
    if (mark.isEmpty() && !lines.isEmpty() && Files.exists(file) && !head.exists()) {
      throw damaged(lines.size(), "may not be the last one: " + head.file().getFileName() + ", which says so, is gone");
    }
    return from;
  }

  private Optional<LedgerHead.Mark> mark() throws IOException {
    Optional<LedgerHead.Mark> mark = head.read();
    if (mark.isEmpty() && head.exists()) {
      throw damaged(0, "may be missing: " + head.file().getFileName() + ", which says how many there are, cannot be read");
    }
    return mark;
  }

  private JsonNode checked(String line) {
    int number = lines.size() + 1;
    int end = line.length() - sumField(START).length();
    String bare = end < 0 ? "" : line.substring(0, end) + "}";
    String sum = Digests.sha256(bare.getBytes(StandardCharsets.UTF_8));
    if (!line.endsWith(sumField(sum))) {
      throw damaged(number, "is not what was written");
    }
    try {
      JsonNode node = json.readTree(bare);
      if (node.path("seq").asInt() != number || !node.path("prev").asText().equals(previous)) {
        throw damaged(number, "does not follow from the line before it");
      }
      previous = sum;
      return node;
    } catch (JsonProcessingException e) {
      throw damaged(number, "is no JSON");
    }
  }

  /** The end of a line, in place of its closing brace. */
  private static String sumField(String sum) {
    return ",\"sum\":\"" + sum + "\"}";
  }

  private Refusal damaged(int number, String how) {
    return new Refusal(
        Finding.of("the ledger was edited or damaged: line " + number + " " + how)
            .at(new Place(file.toString(), number, 0))
            .remedy("move it away with its .head and run again: what was published is then found by asking every channel"));
  }

  private static FileLock lock(Path file, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // held by this very process: another module's thread
    }
    if (lock == null) {
      throw new Refusal(
          Finding.of("another run of the train is under way: it holds " + file)
              .remedy("wait for it, or end it; the lock frees itself when that process is gone"));
    }
    return lock;
  }

  /** A new file is there after a loss of power only when its directory is on the disk, too; Windows opens no directories. */
  private static void force(Path directory) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {
      // read on
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }
}
