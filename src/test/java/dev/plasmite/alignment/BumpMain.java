package dev.plasmite.alignment;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Refusal;
import dev.plasmite.manifest.Lockstep;
import dev.plasmite.version.SemVer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code bump} without Maven, for replaying releases and for benchmarks.
 *
 * <p>{@code --version V --dir D [--files a,b] [--excludes g,h] [--explain true] [--dryRun true] [--verify true]}: with
 * {@code --files} the lockstep is listed, without it is discovered; with {@code --verify} the alignment is only looked at.
 */
public final class BumpMain {

  private BumpMain() {}

  public static void main(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    List<LockstepPlan.Member> members = new ArrayList<>();
    for (String file : list(options.get("--files"))) {
      members.add(new LockstepPlan.Member(file, null, null));
    }
    LockstepPlan plan = new LockstepPlan(members, list(options.get("--excludes")), List.of());
    try {
      if (options.containsKey("--verify")) {
        SemVer version = SemVer.parse(options.get("--version"));
        Lockstep lockstep = Lockstep.resolve(Path.of(options.get("--dir")), plan, Optional.of(version));
        List<Finding> drift = Drift.of(lockstep, version);
        drift.forEach(System.out::println);
        System.exit(drift.isEmpty() && !lockstep.sites().isEmpty() ? 0 : 3);
      }
      Bump bump = new Bump(Path.of(options.get("--dir")), plan, System.out::println);
      BumpEdit edit = bump.plan(SemVer.parse(options.get("--version")), true);
      if (options.containsKey("--explain")) {
        System.out.println("carried " + edit.lockstep().version() + " by " + edit.lockstep().leader().place());
        edit.replacements().forEach(System.out::println);
        edit.lockstep().exclusions().forEach(System.out::println);
        edit.lockstep().undecided().forEach(u -> System.out.println(u.finding()));
      }
      if (options.containsKey("--dryRun")) {
        byte[] diff = edit.diff();
        System.out.write(diff, 0, diff.length);
        System.out.flush();
        return;
      }
      List<Finding> left = bump.apply(edit);
      left.forEach(System.out::println);
      System.exit(left.isEmpty() ? 0 : 3);
    } catch (Refusal refusal) {
      refusal.findings().forEach(System.out::println);
      System.exit(2);
    }
  }

  private static List<String> list(String text) {
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
