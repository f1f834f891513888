package dev.plasmite.manifest;

import dev.plasmite.gate.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * A file as text that can be turned back into the very same bytes. UTF-8 where the bytes are UTF-8, byte by byte
 * (ISO 8859-1) where they are not; a byte order mark stays the first character.
 */
public final class TextFile {

  private static final char BOM = '\uFEFF';

  private final String path;
  private final String text;
  private final Charset charset;
  private int[] lineStarts;

  private TextFile(String path, String text, Charset charset) {
    this.path = path;
    this.text = text;
    this.charset = charset;
  }

  /**
   * Reads bytes.
   *
   * @param path relative to the repository, with {@code /}
   */
  public static TextFile of(String path, byte[] bytes) {
    if (isAscii(bytes)) {
      return new TextFile(path, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new TextFile(path, chars.toString(), StandardCharsets.UTF_8);
    } catch (CharacterCodingException notUtf8) {
      return new TextFile(path, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Relative to the repository, with {@code /}. */
  public String path() {
    return path;
  }

  /** The directory, relative to the repository; empty for its root. */
  public String directory() {
    return Paths.parent(path);
  }

  /** The last part of the path. */
  public String name() {
    return Paths.name(path);
  }

  /** All characters, a byte order mark included. */
  public String text() {
    return text;
  }

  /** Where the text begins behind a byte order mark. */
  public int begin() {
    return !text.isEmpty() && text.charAt(0) == BOM ? 1 : 0;
  }

  /** Whether the bytes are UTF-8, as TOML, JSON and YAML demand. */
  public boolean isUtf8() {
    return charset == StandardCharsets.UTF_8;
  }

  private byte[] encode(String other) {
    return other.getBytes(charset);
  }

  /** The file's bytes with other texts at some of its sites; every other byte is as it was. */
  public byte[] with(SortedMap<Site, String> texts) {
    StringBuilder out = new StringBuilder(text.length() + 16 * texts.size());
    int from = 0;
    for (Map.Entry<Site, String> entry : texts.entrySet()) {
      out.append(text, from, entry.getKey().start()).append(entry.getValue());
      from = entry.getKey().end();
    }
    return encode(out.append(text, from, text.length()).toString());
  }

  /** The place of a character; the byte order mark has no column. */
  public Place place(int offset) {
    int line = line(offset);
    int column = offset - lineStarts[line - 1] + 1 - (line == 1 ? begin() : 0);
    return new Place(path, line, Math.max(1, column));
  }

  /** The line of a character; the first is 1. */
  int line(int offset) {
    if (lineStarts == null) {
      lineStarts = lines();
    }
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private int[] lines() {
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      count++;
    }
    int[] starts = new int[count];
    int n = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts[++n] = i + 1;
    }
    return starts;
  }
}
