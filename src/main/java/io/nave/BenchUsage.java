package io.nave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes used so far, from Linux's {@code /proc}.
 *
 * @param hubMicros CPU of the hub's process, which holds the embedded Kafka, in microseconds
 * @param postgresMicros CPU of all processes of PostgreSQL, in microseconds
 */
record BenchUsage(long hubMicros, long postgresMicros) {
  private static final long MICROS_A_TICK = 10_000; // USER_HZ is 100 on every Linux

  static BenchUsage of(long hub, long postmaster) {
    long postgres = ticks(postmaster, true);
    for (var child : children(postmaster)) {
      postgres += ticks(child, false);
    }
    return new BenchUsage(ticks(hub, false) * MICROS_A_TICK, postgres * MICROS_A_TICK);
  }

  BenchUsage since(BenchUsage earlier) {
    return new BenchUsage(hubMicros - earlier.hubMicros, postgresMicros - earlier.postgresMicros);
  }

  /** The most memory that the process ever had resident, in MiB. */
  static long peakMemory(long pid) {
    return mebibytes(pid, "VmHWM:");
  }

  /** The memory that the process has resident now, in MiB. */
  static long memory(long pid) {
    return mebibytes(pid, "VmRSS:");
  }

  private static long mebibytes(long pid, String name) {
    return read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static List<Long> children(long parent) {
    return ProcessHandle.of(parent).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .toList();
  }

  /** {@code withEnded} adds what its ended children used. */
  private static long ticks(long pid, boolean withEnded) {
    var stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (java.nio.file.NoSuchFileException ended) {
      return "";
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "/proc/" + pid + "/" + file + ": not readable (expected: Linux)", failure);
    }
  }
}
