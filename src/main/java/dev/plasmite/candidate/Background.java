package dev.plasmite.candidate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A question that is asked while this thread does something else. */
final class Background {

  private Background() {}

  /**
   * Starts the work on a thread of its own, which does not keep the program alive.
   *
   * @return waits for the answer; throws what the work threw
   */
  static <T> Supplier<T> start(Supplier<T> work) {
    CompletableFuture<T> answer =
        CompletableFuture.supplyAsync(
            work,
            task -> {
              Thread thread = new Thread(task, "plasmite-asking");
              thread.setDaemon(true);
              thread.start();
            });
    return () -> {
      try {
        return answer.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    };
  }
}
