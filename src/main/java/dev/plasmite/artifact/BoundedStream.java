package dev.plasmite.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of unpacked bytes that ends with an error where a bomb begins. */
final class BoundedStream extends FilterInputStream {

  /** The archive unpacks to more than it may. */
  static final class BombException extends IOException {
    private static final long serialVersionUID = 1L;

    BombException(String message) {
      super(message);
    }
  }

  private final long packed;
  private final ArchiveLimits limits;
  private long count;

  /**
   * Bounds a stream.
   *
   * @param before unpacked bytes that count already
   * @param packed size of the archive in bytes
   */
  BoundedStream(InputStream in, long before, long packed, ArchiveLimits limits) {
    super(in);
    this.count = before;
    this.packed = packed;
    this.limits = limits;
  }

  /** Unpacked bytes so far, those before included. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    add(b >= 0 ? 1 : 0);
    return b;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int n = super.read(b, off, len);
    add(n);
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 8192)];
    int done = buffer.length == 0 ? 0 : read(buffer);
    return Math.max(0, done);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void add(int n) throws BombException {
    count += Math.max(0, n);
    if (count > limits.bytes()) {
      throw new BombException("it unpacks to more than " + limits.bytes() + " bytes");
    }
    if (count > ArchiveLimits.SMALL && count / limits.ratio() > packed) {
      throw new BombException("it unpacks to more than " + limits.ratio() + " times its size, like a bomb");
    }
  }
}
