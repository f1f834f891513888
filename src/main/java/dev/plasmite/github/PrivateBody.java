package dev.plasmite.github;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** An answer's bytes on their way into a file of its owner's alone, digested as they pass, up to a limit. */
final class PrivateBody implements BodySubscriber<byte[]> {

  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private final MessageDigest sha256;
  private final Path file;
  private final long most;
  private FileChannel channel;
  private Flow.Subscription subscription;
  private long seen;

  /**
   * @param file is replaced
   * @param most in bytes
   */
  PrivateBody(Path file, long most) {
    this.file = file;
    this.most = most;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The digest of all bytes, hex; once the body is complete. */
  String sha256() {
    done.join();
    return HexFormat.of().formatHex(sha256.digest());
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    try {
      Files.deleteIfExists(file);
      channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone());
      given.request(Long.MAX_VALUE);
    } catch (IOException e) {
      given.cancel();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (done.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        seen += buffer.remaining();
        if (seen > most) {
          throw new IOException("the answer is larger than " + most + " bytes");
        }
        sha256.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    } catch (IOException e) {
      subscription.cancel();
      end(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end(failure);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(Throwable failure) {
    try {
      if (channel != null) {
        channel.close();
      }
      if (failure == null) {
        done.complete(new byte[0]);
        return;
      }
    } catch (IOException e) {
      done.completeExceptionally(failure == null ? e : failure);
      return;
    }
    done.completeExceptionally(failure);
  }

  private static FileAttribute<?>[] ownersAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }
}
