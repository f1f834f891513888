package dev.plasmite.sandbox.registry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How far the live heap grows while something runs: measured right after garbage collections, five times a second. */
final class Heap {

  private final long before;
  private final AtomicLong most = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Thread watcher;

  private Heap() {
    this.before = live();
    this.watcher =
        new Thread(
            () -> {
              while (!stop.get()) {
                most.accumulateAndGet(live(), Math::max);
                try {
                  Thread.sleep(200);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    watcher.setDaemon(true);
    watcher.start();
  }

  static Heap watch() {
    return new Heap();
  }

  /** In bytes, the most that was seen. */
  long growth() throws InterruptedException {
    stop.set(true);
    watcher.join();
    return most.get() - before;
  }

  /** As the collection left it: what others have made since, while this thread waited for its turn, does not count. */
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
