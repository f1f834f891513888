package dev.plasmite.artifact;

/**
 * How much an archive may unpack to; beyond that it is taken for a bomb.
 *
 * @param members how many things it may hold
 * @param bytes of all contents together
 * @param ratio unpacked bytes for each packed byte; not judged below {@link #SMALL} unpacked bytes
 * @param kept bytes of one file whose content is asked for
 */
public record ArchiveLimits(int members, long bytes, int ratio, int kept) {

  /** What any archive may unpack to, whatever its ratio, in bytes. */
  public static final long SMALL = 16L * 1024 * 1024;

  /** Enough for real products, far from what hurts: 100,000 members, 8 GiB, 200:1, 4 MiB. */
  public static ArchiveLimits usual() {
    return new ArchiveLimits(100_000, 8L << 30, 200, 4 << 20);
  }
}
