package dev.plasmite.sandbox;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of a sandbox. The operating system frees it when the process ends, however it ends; the file stays. */
final class WorldLock implements AutoCloseable {

  /** The byte that is locked; beyond the text, so that the text can be read on systems where locks forbid it. */
  private static final long BYTE = 1 << 20;

  private final FileChannel channel;

  private WorldLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws Refusal when it is taken, naming the process that has it
   */
  static WorldLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another part of this very process has it: just as taken.
      lock = null;
    } finally {
      if (lock == null) {
        String holder = read(channel);
        channel.close();
        refuse(file, holder);
      }
    }
    byte[] holder = ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder), 0);
    return new WorldLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(64);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  private static void refuse(Path file, String holder) {
    throw new Refusal(
        Finding.of("the sandbox at " + file.getParent() + " is in use"
                + (holder.matches("process [0-9]+") ? " by " + holder : ""))
            .remedy("wait until that run has ended, end it, or use another directory"));
  }
}
