package dev.plasmite.perf;

import java.util.Map;
import java.util.TreeMap;

/**
 * What this machine says of itself at one moment; what cannot be read here is unknown, never guessed.
 *
 * @param load one-minute load; negative when unknown
 * @param cores logical cores
 * @param governor frequency governor, {@code unknown} where there is none to read
 * @param power {@code mains}, {@code battery} or {@code unknown}
 * @param throttled count of thermal throttling since boot; negative when unknown
 * @param celsius the hottest sensor; NaN when unknown
 */
public record HostState(double load, int cores, String governor, String power, long throttled, double celsius) {

  /** Load for each core; negative when unknown. */
  public double loadPerCore() {
    return load < 0 ? -1 : load / cores;
  }

  /** For evidence. */
  Map<String, Object> facts() {
    Map<String, Object> out = new TreeMap<>();
    out.put("load", load);
    out.put("cores", cores);
    out.put("governor", governor);
    out.put("power", power);
    out.put("throttled", throttled);
    out.put("celsius", Double.isNaN(celsius) ? "unknown" : celsius);
    return out;
  }
}
