package dev.plasmite.artifact;

import dev.plasmite.artifact.ArchiveMember.Type;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Walks a gzipped tarball (POSIX pax and GNU forms) once, from its first byte to its last. */
final class TarWalk {

  private TarWalk() {}

  static void walk(Path file, ArchiveLimits limits, ArchiveRules rules, MemberSink sink) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream gzip = GzipCompressorInputStream.builder().setInputStream(raw).setDecompressConcatenated(false).get();
        BoundedStream bounded = new BoundedStream(gzip, 0, Files.size(file), limits);
        InputStream unpacked = new BufferedInputStream(bounded, 1 << 16);
        // Blocks of one record: nothing behind the end is swallowed unseen.
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, 512, 512, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null && !rules.full(); entry = tar.getNextEntry()) {
        Optional<Type> type = type(entry, rules);
        if (type.isPresent()) {
          long size = type.get() == Type.FILE ? entry.getSize() : 0;
          Optional<ArchiveMember> member = rules.accept(entry.getName(), type.get(), entry.getMode() & 07777, size);
          if (member.isPresent()) {
            sink.member(member.get(), tar);
          }
        }
      }
      if (!rules.full()) {
        nothingBehind(unpacked, raw, rules);
      }
    }
  }

  private static Optional<Type> type(TarArchiveEntry entry, ArchiveRules rules) {
    String what = null;
    if (entry.isSymbolicLink()) {
      what = "a symbolic link";
    } else if (entry.isLink()) {
      what = "a hard link";
    } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      what = "a device or pipe";
    } else if (entry.isSparse() || entry.isGNUSparse() || entry.isPaxGNUSparse()) {
      what = "a sparse file";
    } else if (entry.isDirectory()) {
      return Optional.of(Type.DIRECTORY);
    } else if (entry.isFile()
        && (entry.getLinkFlag() == TarArchiveEntry.LF_NORMAL || entry.getLinkFlag() == TarArchiveEntry.LF_OLDNORM)) {
      return Optional.of(Type.FILE);
    } else {
      what = "of an unknown type";
    }
    rules.add("member " + Shown.text(entry.getName()) + " is " + what);
    return Optional.empty();
  }

  /** Readers differ in what they make of bytes after the end of the tar or of the gzip member. */
  private static void nothingBehind(InputStream unpacked, InputStream raw, ArchiveRules rules) throws IOException {
    byte[] buffer = new byte[8192];
    boolean zeros = true;
    for (int n = unpacked.read(buffer); n >= 0; n = unpacked.read(buffer)) {
      for (int i = 0; i < n; i++) {
        zeros &= buffer[i] == 0;
      }
    }
    if (!zeros) {
      rules.add("there is data after the end of the tar archive, which some readers unpack");
    }
    if (raw.read() >= 0) {
      rules.add("there is data after the end of the gzip stream, which some readers unpack");
    }
  }
}
