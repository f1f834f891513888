package dev.plasmite.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digests by which the train knows a file's bytes, in lower-case hex, from one streaming read.
 *
 * @param size in bytes
 * @param sha256 as crates.io, PyPI, GitHub and Homebrew state it
 * @param sha512 as npm states it (there in base64)
 */
public record Digests(long size, String sha256, String sha512) {

  /** Reads a file once. */
  public static Digests of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** Reads a stream to its end. */
  public static Digests of(InputStream stream) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest sha512 = digest("SHA-512");
    // Not in a try: closing the stream is its owner's.
    DigestInputStream in = new DigestInputStream(new DigestInputStream(stream, sha256), sha512);
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      size += n;
    }
    return new Digests(size, hex(sha256), hex(sha512));
  }

  /** The sha256 of a file alone, a third of the work of both. */
  public static String sha256(Path file) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return hex(sha256);
  }

  /** The sha256 of bytes in memory. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
  }

  /**
   * Copies a file and says what went through.
   *
   * @param to must not be there yet
   */
  public static Digests copy(Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      return copy(in, out);
    }
  }

  /** Copies a stream and says what went through. */
  public static Digests copy(InputStream from, OutputStream to) throws IOException {
    return of(
        new java.io.FilterInputStream(from) {
          @Override
          public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            if (n > 0) {
              to.write(b, off, n);
            }
            return n;
          }
        });
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }
}
