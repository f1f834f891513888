package dev.plasmite.github;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** An answer's bytes in memory, up to a limit, so that no server can fill the heap. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private final BodySubscriber<byte[]> kept = BodySubscribers.ofByteArray();
  private final int limit;
  private Flow.Subscription subscription;
  private long seen;

  /**
   * @param limit in bytes
   */
  LimitedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return kept.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    kept.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (seen > limit) {
      subscription.cancel();
      kept.onError(new IOException("the answer is larger than " + limit + " bytes"));
    } else {
      kept.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    kept.onError(failure);
  }

  @Override
  public void onComplete() {
    kept.onComplete();
  }
}
