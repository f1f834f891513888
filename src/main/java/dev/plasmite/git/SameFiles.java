package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.errors.FilterFailedException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Makes a checkout's files the same as in the user's own work tree: line endings and filters (gitattributes(5), Git LFS
 * among them) are configured in the repository, and a checkout is a repository of its own.
 */
final class SameFiles {

  private static final List<String> CORE = List.of("autocrlf", "eol", "attributesfile", "symlinks", "filemode");
  private static final List<String> SECTIONS = List.of("filter", "lfs");
  private static final Pattern FILTER = Pattern.compile("(?m)^[^#\\n]*\\sfilter=(\\S+)");

  private final Repository original;

  SameFiles(Repository original) {
    this.original = original;
  }

  /** Takes over what says how files are written. */
  void configure(Repository checkout) throws IOException {
    Config from = original.getConfig();
    StoredConfig to = checkout.getConfig();
    CORE.forEach(name -> copy(from, to, "core", null, name));
    // JGit lists what one file says: Git LFS is usually set up in the user's or the system's.
    for (Config file = from; file != null; file = file.getBaseConfig()) {
      for (String section : SECTIONS) {
        file.getNames(section).forEach(name -> copy(from, to, section, null, name));
        for (String subsection : file.getSubsections(section)) {
          file.getNames(section, subsection).forEach(name -> copy(from, to, section, subsection, name));
        }
      }
    }
    if (to.getSubsections("filter").contains("lfs") && from.getString("lfs", null, "storage") == null) {
      to.setString("lfs", null, "storage", common().toPath().resolve("lfs").toString());
    }
    to.save();
    Path attributes = common().toPath().resolve("info/attributes");
    if (Files.isRegularFile(attributes)) {
      Path info = Files.createDirectories(checkout.getDirectory().toPath().resolve("info"));
      Files.write(info.resolve("attributes"), Files.readAllBytes(attributes));
    }
  }

  /** A filter that did not give the file: its program is not installed, or Git LFS does not have that release's files. */
  static Refusal failed(FilterFailedException e, String commit) {
    String said = e.getError() == null ? "" : e.getError().strip();
    boolean lfs = e.getFilterCommand().contains("lfs");
    return new Refusal(
        Finding.unknown("the filter of " + e.getPath() + " in " + commit.substring(0, 10) + " failed: " + said)
            .at(Place.file(e.getPath()))
            .remedy(lfs ? "install Git LFS, and fetch the files of both sides: git lfs fetch origin " + commit.substring(0, 10) + " HEAD"
                : "make it work here: " + e.getFilterCommand()));
  }

  /** What is not the same all the same. */
  List<Finding> differences(Repository checkout, RevCommit commit) throws IOException {
    List<Finding> out = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(checkout)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        if (FileMode.GITLINK.equals(walk.getFileMode())) {
          out.add(Finding.warning("submodule " + walk.getPathString() + " is not checked out for the performance gate")
              .at(Place.file(walk.getPathString()))
              .remedy("if the benchmark needs it, have <perfGate><build> fetch it"));
        }
      }
    }
    for (String filter : filters(checkout.getWorkTree().toPath().resolve(Constants.DOT_GIT_ATTRIBUTES))) {
      if (checkout.getConfig().getString("filter", filter, "smudge") == null
          && checkout.getConfig().getString("filter", filter, "process") == null) {
        out.add(Finding.warning("the filter '" + filter + "' is not set up in this repository, so its files are checked"
                + " out as they are stored")
            .at(Place.file(Constants.DOT_GIT_ATTRIBUTES))
            .remedy(filter.equals("lfs") ? "git lfs install" : "configure filter." + filter + ".smudge"));
      }
    }
    return out;
  }

  private static Set<String> filters(Path attributes) throws IOException {
    Set<String> out = new TreeSet<>();
    if (Files.isRegularFile(attributes)) {
      Matcher m = FILTER.matcher(new String(Files.readAllBytes(attributes), StandardCharsets.UTF_8));
      while (m.find()) {
        out.add(m.group(1));
      }
    }
    return out;
  }

  private static void copy(Config from, Config to, String section, String subsection, String name) {
    String[] values = from.getStringList(section, subsection, name);
    if (values.length > 0) {
      to.setStringList(section, subsection, name, Arrays.asList(values));
    }
  }

  private File common() {
    File common = original.getCommonDirectory();
    return (common == null ? original.getDirectory() : common).getAbsoluteFile();
  }
}
