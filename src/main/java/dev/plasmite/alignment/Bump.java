package dev.plasmite.alignment;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Progress;
import dev.plasmite.gate.Refusal;
import dev.plasmite.manifest.Change;
import dev.plasmite.manifest.EditJudge;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.manifest.Site;
import dev.plasmite.manifest.TextFile;
import dev.plasmite.manifest.Transaction;
import dev.plasmite.manifest.Wording;
import dev.plasmite.version.Increment;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts one version into every manifest of the lockstep: planned in memory, then all or nothing. */
public final class Bump {

  private final Path root;
  private final LockstepPlan lockstep;
  private final Progress progress;

  /**
   * A bump of a work tree.
   *
   * @param root root of the git work tree
   */
  public Bump(Path root, LockstepPlan lockstep, Progress progress) {
    this.root = root.toAbsolutePath().normalize();
    this.lockstep = lockstep;
    this.progress = progress;
  }

  /**
   * The version after a step from the one that the lockstep carries.
   *
   * @throws Refusal when the lockstep carries none, or there is no such step
   */
  public SemVer next(Increment step) {
    Lockstep found = Lockstep.resolve(root, lockstep, Optional.empty());
    SemVer now = found.carried().orElseThrow(() -> new Refusal(noVersion()));
    try {
      return step.after(now);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Finding.of(e.getMessage()).at(found.leader().place()).remedy("-DnewVersion=..."));
    }
  }

  /**
   * Plans the edit; nothing is written, but what an earlier, killed bump left half done is ended first.
   *
   * @param allowDowngradeOrSame whether the target may be the version that is there, or one before it
   * @throws Refusal with all reasons why it cannot be done
   */
  public BumpEdit plan(SemVer target, boolean allowDowngradeOrSame) {
    new Transaction(root).recover().ifPresent(progress::line);
    Lockstep found = Lockstep.resolve(root, lockstep, Optional.of(target));
    List<Finding> findings = new ArrayList<>(found.problems());
    SemVer now = found.carried().orElse(null);
    if (found.sites().isEmpty()) {
      findings.add(noVersion());
    }
    if (now != null && !allowDowngradeOrSame && target.compareTo(now) <= 0) {
      findings.add(
          Finding.of("the lockstep carries " + now + ", and " + target + (target.compareTo(now) == 0 ? " is the same" : " is before it"))
              .at(found.leader().place())
              .remedy("name a later version, or permit it: -Dplasmite.bump.allowDowngrade=true"));
    }
    Wording wording = new Wording(target, now);
    List<Change> changes = new ArrayList<>();
    List<BumpEdit.Replacement> replacements = new ArrayList<>();
    EditJudge judge = new EditJudge();
    // On all processors, and in the order of the members.
    List<FileEdit> edits = found.members().parallelStream().map(m -> edit(m, wording, judge)).toList();
    for (int i = 0; i < edits.size(); i++) {
      FileEdit edit = edits.get(i);
      Lockstep.Member member = found.members().get(i);
      if (edit.change.isPresent() && !member.rule().isEmpty()) {
        progress.line(member.path() + "  follows in what it says of the product (" + member.rule() + ")");
      }
      edit.change.ifPresent(changes::add);
      replacements.addAll(edit.replacements);
      findings.addAll(edit.findings);
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    if (now != null) {
      progress.line("from " + now + ", which " + found.leader().place() + " says, to " + target);
    }
    return new BumpEdit(target, found, changes, replacements);
  }

  /**
   * Writes the edit, all or nothing, and reads the lockstep again.
   *
   * @return what is not aligned afterwards; nothing when all is well
   * @throws Refusal when a file is no longer what it was; nothing is written then
   * @throws OutsideFailure when the disk fails; nothing is changed then
   */
  public List<Finding> apply(BumpEdit edit) {
    new Transaction(root).apply(edit.changes());
    progress.line(edit.replacements().size() + " version sites in " + edit.changes().size() + " files now say " + edit.target());
    Lockstep after = Lockstep.resolve(root, lockstep, Optional.of(edit.target()));
    List<Finding> findings = new ArrayList<>(after.problems());
    findings.addAll(Drift.of(after, edit.target()));
    int before = edit.lockstep().sites().size();
    if (after.sites().size() < before) {
      findings.add(Finding.of("the lockstep had " + before + " version sites before the bump and has " + after.sites().size() + " after it"));
    }
    return findings;
  }

  /** What a bump does to one file, or why it cannot. */
  private record FileEdit(Optional<Change> change, List<BumpEdit.Replacement> replacements, List<Finding> findings) {}

  private FileEdit edit(Lockstep.Member member, Wording wording, EditJudge judge) {
    List<BumpEdit.Replacement> replacements = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    if (member.sites().isEmpty()) {
      return new FileEdit(Optional.empty(), replacements, findings);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(root.resolve(member.path()));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + member.path(), e);
    }
    TextFile file = TextFile.of(member.path(), bytes);
    SortedMap<Site, String> texts = new TreeMap<>();
    for (Site site : member.sites()) {
      if (!file.text().startsWith(site.text(), site.start())) {
        throw new Refusal(Finding.of("this file changed while it was read").at(Place.file(member.path())).remedy("run bump again"));
      }
      Optional<String> text = wording.at(site);
      if (text.isEmpty()) {
        findings.add(Drift.unspeakable(site, wording.target()));
      } else if (!text.get().equals(site.text())) {
        texts.put(site, text.get());
        replacements.add(new BumpEdit.Replacement(site, text.get()));
      }
    }
    if (texts.isEmpty()) {
      return new FileEdit(Optional.empty(), replacements, findings);
    }
    byte[] after = file.with(texts);
    judge.judge(member.format(), file, texts, after).ifPresent(findings::add);
    return new FileEdit(Optional.of(new Change(member.path(), bytes, after)), replacements, findings);
  }

  private Finding noVersion() {
    return Finding.of("no manifest in " + root + " says a version")
        .remedy("track a manifest in git (Cargo.toml, package.json, pyproject.toml, pom.xml, VERSION, ...), or list it under <lockstep><manifests>");
  }
}
