package dev.plasmite.artifact;

import dev.plasmite.gate.OutsideFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Digesting and unpacking many files on all processors; results in the order of the inputs. */
public final class Parallel {

  private Parallel() {}

  /**
   * Applies a function to every element. When it throws, the exception of the first such element is thrown, after all
   * have ended.
   */
  public static <T, R> List<R> map(List<T> inputs, Function<T, R> function) {
    int threads = Math.min(inputs.size(), Runtime.getRuntime().availableProcessors());
    if (threads < 2) {
      return inputs.stream().map(function).toList();
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "plasmite-artifacts");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Callable<R>> tasks = new ArrayList<>();
      inputs.forEach(input -> tasks.add(() -> function.apply(input)));
      List<R> out = new ArrayList<>();
      for (Future<R> done : pool.invokeAll(tasks)) {
        out.add(done.get());
      }
      return out;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted while reading the artifacts");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw (Error) e.getCause(); // a function throws nothing checked
    } finally {
      pool.shutdownNow();
    }
  }
}
