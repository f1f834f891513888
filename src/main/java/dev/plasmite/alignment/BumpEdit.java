package dev.plasmite.alignment;

import dev.plasmite.manifest.Change;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.manifest.Site;
import dev.plasmite.version.SemVer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.util.QuotedString;

/**
 * A bump, planned in memory.
 *
 * @param target the version that all sites will say
 * @param lockstep the lockstep as it was read
 * @param changes the files that change
 * @param replacements the sites that change, by file and place
 */
public record BumpEdit(SemVer target, Lockstep lockstep, List<Change> changes, List<Replacement> replacements) {

  public BumpEdit {
    changes = List.copyOf(changes);
    replacements = List.copyOf(replacements);
  }

  /** One site and its new text. */
  public record Replacement(Site site, String text) {

    @Override
    public String toString() {
      return site.place() + "  " + site.text() + " -> " + text + "  (" + site.why() + ")";
    }
  }

  /** All changes as a unified diff that {@code git apply} takes, in the bytes of the files, whatever their encoding. */
  public byte[] diff() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      for (Change change : changes) {
        RawText before = new RawText(change.before());
        RawText after = new RawText(change.after());
        String old = QuotedString.GIT_PATH.quote("a/" + change.path());
        String changed = QuotedString.GIT_PATH.quote("b/" + change.path());
        out.write(("diff --git " + old + " " + changed + "\n--- " + named(old) + "\n+++ " + named(changed) + "\n").getBytes(StandardCharsets.UTF_8));
        formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after), before, after);
        formatter.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Behind a name with a space git writes a tab, so that patch(1) finds its end. */
  private static String named(String path) {
    return path.indexOf(' ') >= 0 && !path.startsWith("\"") ? path + "\t" : path;
  }
}
