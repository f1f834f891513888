package dev.plasmite.artifact;

import dev.plasmite.artifact.ArchiveMember.Type;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the members of one archive may be called, so that unpacking it anywhere, on any file system, writes only below the
 * directory meant, and two readers see the same files.
 */
final class ArchiveRules {

  private static final int MOST_FINDINGS = 50;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private final Place place;
  private final int mostMembers;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, ArchiveMember> byName = new TreeMap<>();

  /** Spelling of each path and of all its parents, by the key that a lenient file system would use. */
  private final Map<String, String> spellings = new HashMap<>();

  ArchiveRules(String archive, int mostMembers) {
    this.place = Place.file(archive);
    this.mostMembers = mostMembers;
  }

  /** All that was found so far. */
  List<Finding> findings() {
    return findings;
  }

  /** Adds a finding about the archive. */
  void add(String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(
          Finding.of(what).at(place).remedy("do not unpack it; build the artifact again with the ecosystem's own tool"));
    }
  }

  /** Whether reading on makes sense. */
  boolean full() {
    return findings.size() >= MOST_FINDINGS;
  }

  /**
   * Takes one member, or says why not.
   *
   * @return the member under its plain name; empty for one that is refused, and for the root itself
   */
  Optional<ArchiveMember> accept(String raw, Type type, int mode, long size) {
    if (byName.size() >= mostMembers) {
      add("more than " + mostMembers + " members");
      return Optional.empty();
    }
    String name = raw;
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    if (type == Type.DIRECTORY && name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    if (type == Type.DIRECTORY && (name.isEmpty() || name.equals("."))) {
      return Optional.empty();
    }
    Optional<String> wrong = wrongName(name);
    if (wrong.isPresent()) {
      add("member " + Shown.text(raw) + ": " + wrong.get());
      return Optional.empty();
    }
    ArchiveMember member = new ArchiveMember(name, type, mode, size);
    ArchiveMember before = byName.get(name);
    if (before != null) {
      if (before.type() != Type.DIRECTORY || type != Type.DIRECTORY) {
        add("member " + Shown.text(name) + " is there twice");
      }
      return Optional.empty();
    }
    if (!inDirectories(member) || !spelledOnce(name)) {
      return Optional.empty();
    }
    byName.put(name, member);
    return Optional.of(member);
  }

  /** Nothing lies below a file, whichever of the two comes first. */
  private boolean inDirectories(ArchiveMember member) {
    if (member.type() != Type.DIRECTORY && member.name().equals(spellings.get(key(member.name())))) {
      add("members lie below " + Shown.text(member.name()) + ", which is a file");
      return false;
    }
    for (String parent = parent(member.name()); !parent.isEmpty(); parent = parent(parent)) {
      ArchiveMember above = byName.get(parent);
      if (above != null && above.type() != Type.DIRECTORY) {
        add("member " + Shown.text(member.name()) + " lies below " + Shown.text(parent) + ", which is a file");
        return false;
      }
    }
    return true;
  }

  /** Why a name may not be used; the name is one that the archive states, in full. */
  private static Optional<String> wrongName(String name) {
    if (name.isEmpty()) {
      return Optional.of("empty name");
    }
    if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xfffd)) {
      return Optional.of("its name has a control character or is not readable");
    }
    if (name.indexOf('\\') >= 0) {
      return Optional.of("its name has a backslash, which is a separator on Windows");
    }
    if (name.startsWith("/")) {
      return Optional.of("absolute path");
    }
    if (DRIVE.matcher(name).matches()) {
      return Optional.of("its name has a drive");
    }
    for (String segment : name.split("/", -1)) {
      if (segment.equals("..")) {
        return Optional.of("'..' leads out of the directory");
      }
      if (segment.isEmpty() || segment.equals(".")) {
        return Optional.of("its path is not plain: an empty or '.' segment");
      }
      if (segment.endsWith(".") || segment.endsWith(" ") || segment.indexOf(':') >= 0) {
        return Optional.of("Windows reads its name otherwise: a ':', or a dot or space at the end of a segment");
      }
    }
    return Optional.empty();
  }

  /** Refuses a path that a file system without case, or with its own Unicode form, takes for another one. */
  private boolean spelledOnce(String name) {
    for (String path = name; !path.isEmpty(); path = parent(path)) {
      String before = spellings.putIfAbsent(key(path), path);
      if (before != null && !before.equals(path)) {
        add("members " + Shown.text(before) + " and " + Shown.text(path)
            + " are one file where case or Unicode form does not count");
        return false;
      }
    }
    return true;
  }

  private static String key(String path) {
    String folded = Normalizer.normalize(path, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
