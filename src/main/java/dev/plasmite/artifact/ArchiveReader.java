package dev.plasmite.artifact;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Opens what {@code cargo package}, {@code npm pack}, Python's builders and tar make, without trusting it: streamed once,
 * held against the rules of {@link ArchiveRules} and against bombs.
 */
public final class ArchiveReader {

  private static final Pattern TAR = Pattern.compile(".*\\.(crate|tgz|tar\\.gz)");
  private static final Pattern ZIP = Pattern.compile(".*\\.(whl|zip)");

  private final ArchiveLimits limits;

  public ArchiveReader(ArchiveLimits limits) {
    this.limits = limits;
  }

  /** Whether a file is, by its name, an archive that this reads. */
  public static boolean reads(String fileName) {
    return TAR.matcher(fileName).matches() || ZIP.matcher(fileName).matches();
  }

  /**
   * Reads an archive to its end.
   *
   * @param keep which files' content is wanted, by name
   * @throws Refusal with all that is wrong with the archive
   * @throws OutsideFailure when the file cannot be read
   */
  public ArchiveContents read(Path file, Predicate<String> keep) {
    return read(file, keep, false);
  }

  /**
   * Reads an archive to its end.
   *
   * @param keep which files' content is wanted, by name
   * @param digests whether the digest of every file is wanted
   * @throws Refusal with all that is wrong with the archive
   * @throws OutsideFailure when the file cannot be read
   */
  public ArchiveContents read(Path file, Predicate<String> keep, boolean digests) {
    List<ArchiveMember> members = new ArrayList<>();
    Map<String, String> sha256 = new HashMap<>();
    Map<String, byte[]> kept = new HashMap<>();
    ArchiveRules rules = new ArchiveRules(file.getFileName().toString(), limits.members());
    walk(
        file,
        rules,
        (member, content) -> {
          members.add(member);
          if (member.type() == ArchiveMember.Type.FILE && keep.test(member.name())) {
            byte[] bytes = content.readNBytes(limits.kept() + 1);
            if (bytes.length > limits.kept()) {
              rules.add("member " + Shown.text(member.name()) + " is larger than " + limits.kept() + " bytes");
            } else {
              kept.put(member.name(), bytes);
              if (digests) {
                sha256.put(member.name(), Digests.sha256(bytes));
              }
            }
          } else if (member.type() == ArchiveMember.Type.FILE && digests) {
            sha256.put(member.name(), Digests.of(content).sha256());
          }
        });
    return new ArchiveContents(members, kept, sha256);
  }

  /** Walks an archive; at the end all rules have been met, or it throws. */
  void walk(Path file, ArchiveRules rules, MemberSink sink) {
    String name = file.getFileName().toString();
    try {
      if (TAR.matcher(name).matches()) {
        TarWalk.walk(file, limits, rules, sink);
      } else if (ZIP.matcher(name).matches()) {
        ZipWalk.walk(file, limits, rules, sink);
      } else {
        rules.add("no archive that the train can open: its name must end with .crate, .tgz, .tar.gz, .whl or .zip");
      }
    } catch (NoSuchFileException | AccessDeniedException | DiskException e) {
      throw new OutsideFailure("cannot read or unpack " + file, e);
    } catch (BoundedStream.BombException e) {
      rules.add(e.getMessage());
    } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
        | ArithmeticException | NegativeArraySizeException e) {
      // The library throws these, too, at damaged input.
      rules.add("cannot be read as an archive to its end: " + Shown.text(e.toString()));
    }
    if (!rules.findings().isEmpty()) {
      throw new Refusal(rules.findings());
    }
  }

  /** The disk's fault, not the archive's. */
  static final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    DiskException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
