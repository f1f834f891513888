package dev.plasmite.sandbox.loopback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.json.StrictJson;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A directory whose files are whole or absent, whatever kills the process: everything is written beside its place,
 * forced to disk and then renamed. One process uses it at a time; what a killed one left unfinished is cleared when it
 * is opened.
 */
public final class StateDirectory {

  /** What had been received of a file: not yet in its place. */
  public record Received(Path file, long size, Map<String, String> digests) {

    /** A digest in lower-case hex; its algorithm must have been asked for. */
    public String hex(String algorithm) {
      return digests.get(algorithm);
    }
  }

  private static final int BUFFER = 1 << 16;

  private final Path root;
  private final Path unfinished;
  private final AtomicLong count = new AtomicLong();
  private final ObjectMapper json = StrictJson.mapper();

  private StateDirectory(Path root) {
    this.root = root;
    this.unfinished = root.resolve(".unfinished");
  }

  /**
   * Opens a directory, making it when it is not there.
   *
   * @throws OutsideFailure when it cannot be made or read
   */
  public static StateDirectory open(Path root) {
    StateDirectory state = new StateDirectory(root.toAbsolutePath().normalize());
    try {
      Files.createDirectories(state.unfinished);
      List<Path> left;
      try (Stream<Path> files = Files.list(state.unfinished)) {
        left = files.toList();
      }
      for (Path file : left) {
        Files.deleteIfExists(file); // who left it may just be removing it
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot open the sandbox's state at " + root, e);
    }
    return state;
  }

  /**
   * A path below this directory.
   *
   * @param names plain file names, one a level
   * @throws Rejection 400 when one is not a plain file name, so that nothing ever leaves the directory
   */
  public Path at(String... names) {
    Path path = root;
    for (String name : names) {
      if (!isPlain(name)) {
        throw new Rejection(400, "not a name: '" + name.replaceAll("\\p{Cntrl}", "?") + "'");
      }
      path = path.resolve(name);
    }
    return path;
  }

  /**
   * Receives a stream into a file that is nowhere yet.
   *
   * @param algorithms the digests to take on the way, by their JDK names
   */
  public Received receive(InputStream from, String... algorithms) throws IOException {
    return receive(from::transferTo, algorithms);
  }

  /** Receives what a writer writes into a file that is nowhere yet. */
  public Received receive(Writer writer, String... algorithms) throws IOException {
    Path file = unfinished.resolve(Long.toString(count.incrementAndGet()));
    Map<String, MessageDigest> digests = new LinkedHashMap<>();
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      for (String algorithm : algorithms) {
        MessageDigest digest = digest(algorithm);
        digests.put(algorithm, digest);
        out = new DigestOutputStream(out, digest);
      }
      writer.writeTo(out);
      out.flush();
      channel.force(true);
      whole = true;
      Map<String, String> hex = new LinkedHashMap<>();
      digests.forEach((name, digest) -> hex.put(name, HexFormat.of().formatHex(digest.digest())));
      return new Received(file, channel.size(), hex);
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Something that writes a body. */
  @FunctionalInterface
  public interface Writer {

    /** Writes all of it; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Drops what was received and is not wanted. */
  public void drop(Received received) throws IOException {
    Files.deleteIfExists(received.file());
  }

  /** Puts what was received in its place, replacing what is there. When this returns, it survives anything. */
  public void keep(Received received, Path place) throws IOException {
    boolean newDirectory = !Files.isDirectory(place.getParent());
    Files.createDirectories(place.getParent());
    try {
      Files.move(received.file(), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new OutsideFailure("the file system of " + root + " cannot rename a file at once", e);
    }
    for (Path dir = place.getParent(); dir != null && dir.startsWith(root); dir = newDirectory ? dir.getParent() : null) {
      force(dir);
    }
  }

  /** Writes a JSON document at once. */
  public void write(Path place, JsonNode document) throws IOException {
    byte[] bytes = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    keep(receive(out -> out.write(bytes)), place);
  }

  /**
   * Reads a JSON document.
   *
   * @return nothing when it is not there
   * @throws IOException when it cannot be read or is no JSON object
   */
  public Optional<ObjectNode> read(Path place) throws IOException {
    try {
      JsonNode node = json.readTree(Files.readAllBytes(place));
      if (node instanceof ObjectNode object) {
        return Optional.of(object);
      }
      throw new IOException(place + " is no JSON object");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The documents in a directory, in the order of their names. */
  public List<ObjectNode> readAll(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<ObjectNode> documents = new ArrayList<>();
    for (Path file : files) {
      read(file).ifPresent(documents::add);
    }
    return documents;
  }

  /** The mapper for documents and answers. */
  public ObjectMapper json() {
    return json;
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= 240
        && !name.startsWith(".")
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "/\\:*?\"<>|".indexOf(c) < 0);
  }

  private static void force(Path directory) throws IOException {
    // Windows does not open directories; there the rename itself is all there is.
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("no such digest: " + algorithm, e);
    }
  }
}
