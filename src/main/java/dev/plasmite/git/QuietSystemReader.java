package dev.plasmite.git;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The machine as JGit sees it, without what JGit does at its start: no {@code git} process is started to learn where
 * the system's configuration is, the file system's clock is not measured, and nothing is written to the user's home.
 */
final class QuietSystemReader extends SystemReader.Delegate {

  /** The coarsest clock of a file system in use (FAT's): a file younger than this is read again, which is safe. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  private QuietSystemReader(SystemReader machine) {
    super(machine);
  }

  /** Makes JGit see the machine this way. JGit keeps its reader in a static field, so this is once for all. */
  static void install() {
    SystemReader present = SystemReader.getInstance();
    if (!(present instanceof QuietSystemReader)) {
      SystemReader.setInstance(new QuietSystemReader(present));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    // On Windows git's own installation holds the system's configuration, and git must be asked where that is.
    if (!isWindows() && fs.getClass().getSimpleName().startsWith("FS_POSIX")) {
      String named = getenv("GIT_CONFIG_SYSTEM");
      fs.setGitSystemConfig(new File(named == null || named.isEmpty() ? "/etc/gitconfig" : named));
    }
    return super.openSystemConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new FixedClock(parent, fs);
  }

  /** In place of JGit's own settings file, where it would keep what it measured. */
  private static final class FixedClock extends FileBasedConfig {

    FixedClock(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public long getTimeUnit(String section, String subsection, String name, long fallback, TimeUnit unit) {
      return "filesystem".equals(section)
          ? unit.convert(CLOCK)
          : super.getTimeUnit(section, subsection, name, fallback, unit);
    }

    @Override
    public Long getTimeUnit(String section, String subsection, String name, TimeUnit unit) {
      return "filesystem".equals(section)
          ? Long.valueOf(unit.convert(CLOCK))
          : super.getTimeUnit(section, subsection, name, unit);
    }
  }
}
