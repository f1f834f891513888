package dev.plasmite.channel;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Does the same for several channels at once. Each comes to its own end: one channel's failure does not cut another off. */
public final class SideBySide {

  private SideBySide() {}

  /**
   * Works on all items at once, each in a thread of its own, and waits for all.
   *
   * @return the results in the order of the items
   * @throws Refusal with the findings of all items that were refused, when nothing worse happened
   * @throws RuntimeException or Error what the work threw: the first in the order of the items, the others suppressed in it
   * @throws OutsideFailure when this thread is interrupted; the work is interrupted too, and waited for
   */
  public static <T, R> List<R> each(List<T> items, Function<T, R> work) {
    if (items.size() < 2) {
      return items.stream().map(work).toList();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            items.size(),
            task -> {
              Thread thread = new Thread(task, "plasmite-channel");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(threads.submit(() -> work.apply(item)));
      }
      List<R> results = new ArrayList<>();
      List<Throwable> thrown = new ArrayList<>();
      for (Future<R> future : futures) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          thrown.add(e.getCause());
        }
      }
      demandNone(thrown);
      return results;
    } catch (InterruptedException e) {
      threads.shutdownNow();
      awaitEnd(threads);
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted while several channels were at work");
    } finally {
      threads.shutdown();
    }
  }

  private static void demandNone(List<Throwable> thrown) {
    if (thrown.isEmpty()) {
      return;
    }
    if (thrown.stream().allMatch(Refusal.class::isInstance)) {
      List<Finding> findings = new ArrayList<>();
      thrown.forEach(refusal -> findings.addAll(((Refusal) refusal).findings()));
      throw new Refusal(findings);
    }
    Throwable first = thrown.stream().filter(t -> !(t instanceof Refusal)).findFirst().orElseThrow();
    thrown.stream().filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first; // a Function throws nothing else
  }

  /** Clients that are being ended must be gone before anybody asks what they did. */
  private static void awaitEnd(ExecutorService threads) {
    try {
      threads.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
