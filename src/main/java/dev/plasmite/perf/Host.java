package dev.plasmite.perf;

import dev.plasmite.artifact.Digests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * This machine: what it is, and how it is just now. On Linux from /proc and /sys (proc(5); kernel documentation
 * cpu-freq, power supply class, thermal throttling counters); elsewhere what the JVM knows.
 */
class Host {

  private static final String UNKNOWN = "unknown";

  /** How it is now. */
  HostState now() {
    return new HostState(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors(),
        line(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
        power(),
        throttled(),
        hottest());
  }

  /** What it is: system, architecture, processor, cores, memory. */
  Map<String, String> description() {
    Map<String, String> out = new TreeMap<>();
    out.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    out.put("architecture", System.getProperty("os.arch"));
    out.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    out.put("processor", field(Path.of("/proc/cpuinfo"), "model name"));
    out.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
    out.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    return out;
  }

  /** Hex digest of the description: the same machine has the same one. */
  String fingerprint() {
    return Digests.sha256(description().toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static String power() {
    Path supplies = Path.of("/sys/class/power_supply");
    if (!Files.isDirectory(supplies)) {
      return UNKNOWN;
    }
    boolean battery = false;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
      for (Path supply : all) {
        if (line(supply.resolve("online")).equals("1")) {
          return "mains";
        }
        battery |= line(supply.resolve("status")).equals("Discharging");
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    return battery ? "battery" : UNKNOWN;
  }

  private static long throttled() {
    long sum = -1;
    for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
      String count = line(Path.of("/sys/devices/system/cpu/cpu" + cpu + "/thermal_throttle/core_throttle_count"));
      if (count.matches("[0-9]{1,15}")) {
        sum = Math.max(0, sum) + Long.parseLong(count);
      }
    }
    return sum;
  }

  private static double hottest() {
    double hottest = Double.NaN;
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(Path.of("/sys/class/thermal"), "thermal_zone*")) {
      for (Path zone : zones) {
        String millis = line(zone.resolve("temp"));
        if (millis.matches("[0-9]{1,7}")) {
          hottest = Double.isNaN(hottest) ? Long.parseLong(millis) / 1e3
              : Math.max(hottest, Long.parseLong(millis) / 1e3);
        }
      }
    } catch (IOException e) {
      return Double.NaN; // another system, or a machine without sensors
    }
    return hottest;
  }

  private static String field(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    return UNKNOWN;
  }

  private static String line(Path file) {
    try {
      return Files.isReadable(file) ? Files.readString(file).strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
