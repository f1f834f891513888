package dev.plasmite.staging;

import dev.plasmite.artifact.ArchiveContents;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.StagingPlan.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The license and notice files at the root of the checkout: every package must carry each of them, with content. */
final class Notices {

  private static final Pattern NAME =
      Pattern.compile("(LICEN[CS]E|COPYING|NOTICE|THIRD[-_]PARTY[-_](NOTICES?|LICENSES?))([-._].*)?");

  private final Set<String> names = new TreeSet<>();

  Notices(Path checkout) {
    try (DirectoryStream<Path> root = Files.newDirectoryStream(checkout)) {
      for (Path path : root) {
        String name = path.getFileName().toString();
        if (NAME.matcher(name).matches() && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot list " + checkout, e);
    }
  }

  /** What an artifact lacks. */
  List<Finding> missing(Kind kind, String file, ArchiveContents contents) {
    List<Finding> out = new ArrayList<>();
    if (kind == Kind.OTHER) {
      return out;
    }
    for (String name : names) {
      if (contents.files().stream().noneMatch(m -> m.fileName().equals(name) && m.size() > 0)) {
        out.add(
            Finding.of("there is no " + name + " in it, which the product has at its root")
                .at(Place.file(file))
                .remedy("let its manifest include the file"));
      }
    }
    return out;
  }
}
