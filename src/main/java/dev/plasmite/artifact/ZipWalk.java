package dev.plasmite.artifact;

import dev.plasmite.artifact.ArchiveMember.Type;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Walks a zip file twice at once: by its central directory and by its local headers. Installers read the one or the
 * other, so the two must tell the same.
 */
final class ZipWalk {

  private static final int END_RECORD = 22;

  private ZipWalk() {}

  static void walk(Path file, ArchiveLimits limits, ArchiveRules rules, MemberSink sink) throws IOException {
    beginsAndEndsPlainly(file, rules);
    if (!rules.findings().isEmpty()) {
      return;
    }
    List<ZipArchiveEntry> central = new ArrayList<>();
    try (ZipFile zip =
        ZipFile.builder().setPath(file).setCharset(StandardCharsets.UTF_8).setUseUnicodeExtraFields(false).get()) {
      central.addAll(Collections.list(zip.getEntriesInPhysicalOrder()));
    }
    if (central.size() > limits.members()) {
      rules.add("more than " + limits.members() + " members");
      return;
    }
    long unpacked = 0;
    long packed = Files.size(file);
    Iterator<ZipArchiveEntry> expected = central.iterator();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        ZipArchiveInputStream local = new ZipArchiveInputStream(raw, "UTF-8", false, false, true)) {
      for (ZipArchiveEntry entry = local.getNextEntry(); entry != null && !rules.full(); entry = local.getNextEntry()) {
        if (!expected.hasNext()) {
          rules.add("local header of " + Shown.text(entry.getName()) + " is not in the central directory");
          return;
        }
        ZipArchiveEntry twin = expected.next();
        if (!Arrays.equals(entry.getRawName(), twin.getRawName()) || entry.getMethod() != twin.getMethod()) {
          disagree(twin, rules);
          return; // From here on the two walks are not about the same things.
        }
        CheckedInputStream checked = new CheckedInputStream(new Unclosed(local), new CRC32());
        BoundedStream content = new BoundedStream(checked, unpacked, packed, limits);
        Optional<Type> type = type(twin, rules);
        if (type.isPresent()) {
          Optional<ArchiveMember> member =
              rules.accept(twin.getName(), type.get(), twin.getUnixMode() & 07777, twin.getSize());
          if (member.isPresent()) {
            sink.member(member.get(), content);
          }
        }
        content.transferTo(java.io.OutputStream.nullOutputStream());
        boolean same =
            content.count() - unpacked == twin.getSize()
                && checked.getChecksum().getValue() == twin.getCrc()
                && local.getCompressedCount() == twin.getCompressedSize()
                && agrees(entry, twin);
        if (!same) {
          disagree(twin, rules);
        }
        unpacked = content.count();
      }
    }
    if (expected.hasNext() && !rules.full()) {
      rules.add("the central directory names " + Shown.text(expected.next().getName()) + ", which has no local header");
    }
  }

  private static void disagree(ZipArchiveEntry entry, ArchiveRules rules) {
    rules.add("central directory and local header disagree about " + Shown.text(entry.getName()));
  }

  /** What the local header states up front must be what the central directory states. */
  private static boolean agrees(ZipArchiveEntry local, ZipArchiveEntry central) {
    return (local.getSize() == ZipArchiveEntry.SIZE_UNKNOWN || local.getSize() == central.getSize())
        && (local.getCompressedSize() == ZipArchiveEntry.SIZE_UNKNOWN
            || local.getCompressedSize() == central.getCompressedSize())
        && (local.getCrc() == ZipArchiveEntry.CRC_UNKNOWN || local.getCrc() == central.getCrc());
  }

  private static Optional<Type> type(ZipArchiveEntry entry, ArchiveRules rules) {
    String what = null;
    int format = entry.getUnixMode() & 0170000;
    String raw = new String(entry.getRawName(), StandardCharsets.ISO_8859_1);
    if (raw.chars().anyMatch(c -> c >= 0x80) && !entry.getGeneralPurposeBit().usesUTF8ForNames()) {
      what = "named in an encoding that it does not state";
    } else if (raw.indexOf('\\') >= 0) {
      what = "named with a backslash, which is a separator on Windows"; // the library has made it one already
    } else if (entry.getGeneralPurposeBit().usesEncryption()) {
      what = "encrypted";
    } else if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
      what = "packed by a method that not every installer knows";
    } else if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) != null) {
      what = "named twice, in its header and in an extra field";
    } else if (entry.isUnixSymlink()) {
      what = "a symbolic link";
    } else if (format != 0 && format != 0100000 && format != 0040000) {
      what = "a device or pipe";
    } else {
      return Optional.of(entry.isDirectory() ? Type.DIRECTORY : Type.FILE);
    }
    rules.add("member " + Shown.text(entry.getName()) + " is " + what);
    return Optional.empty();
  }

  /** Data in front could be a program; a comment could hold a second end record, and with it a second directory. */
  private static void beginsAndEndsPlainly(Path file, ArchiveRules rules) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] begin = new byte[4];
      if (in.length() >= END_RECORD) {
        in.readFully(begin);
      }
      if (begin[0] != 'P' || begin[1] != 'K' || begin[2] != 3 || begin[3] != 4) {
        rules.add("it does not begin with a zip header: no zip file, an empty one, or one with other data in front");
      }
      byte[] end = new byte[END_RECORD];
      if (in.length() >= END_RECORD) {
        in.seek(in.length() - END_RECORD);
        in.readFully(end);
      }
      if (end[0] != 'P' || end[1] != 'K' || end[2] != 5 || end[3] != 6) {
        rules.add("it does not end with the zip end record: cut off, or with a comment or other data behind it");
      }
    }
  }

  /** The walk closes its archive itself. */
  private static final class Unclosed extends java.io.FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The entry's stream is the archive's stream.
    }
  }
}
