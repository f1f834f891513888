package dev.plasmite.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.UserConfigFile;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The machine as JGit sees it, without what JGit does at its start: no {@code git} process is started to learn where
 * the system's configuration is, the file system's clock is not measured, and nothing is written to the user's home.
 */
final class QuietSystemReader extends SystemReader.Delegate {

  /** The coarsest clock of a file system in use (FAT's): a file younger than this is read again, which is safe. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  /** In whose work the settings of the user and the machine count for nothing. */
  private final ThreadLocal<Boolean> alone = ThreadLocal.withInitial(() -> false);

  private QuietSystemReader(SystemReader machine) {
    super(machine);
  }

  /** Makes JGit see the machine this way. JGit keeps its reader in a static field, so this is once for all. */
  static QuietSystemReader install() {
    synchronized (QuietSystemReader.class) {
      if (SystemReader.getInstance() instanceof QuietSystemReader present) {
        return present;
      }
      QuietSystemReader quiet = new QuietSystemReader(SystemReader.getInstance());
      SystemReader.setInstance(quiet);
      return quiet;
    }
  }

  /** Opens repositories that have no settings but their own; it is when JGit opens one that it takes the user's. */
  <T> T alone(OwnSettings.Opening<T> opening) throws IOException, GitAPIException {
    boolean before = alone.get();
    alone.set(true);
    try {
      return opening.open();
    } finally {
      alone.set(before);
    }
  }

  @Override
  public StoredConfig getUserConfig() throws IOException, ConfigInvalidException {
    return alone.get() ? new NoSettings() : super.getUserConfig();
  }

  /** What stands for the settings of a user who has none, on a machine that has none. */
  private static final class NoSettings extends StoredConfig {

    @Override
    public void load() {
      clear();
    }

    @Override
    public void save() throws IOException {
      throw new IOException("these settings are nobody's");
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
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    String named = getenv("GIT_CONFIG_GLOBAL");
    if (named != null && !named.isEmpty()) {
      File file = new File(named);
      return new FixedClock(parent, file, new File(file.getPath() + ".absent"), fs);
    }
    Path xdg = getXdgConfigDirectory(fs);
    Path second = xdg == null ? fs.userHome().toPath().resolve(".config") : xdg;
    return new FixedClock(
        parent, new File(fs.userHome(), ".gitconfig"), second.resolve("git").resolve("config").toFile(), fs);
  }

  /** The user's settings, and in them the clock where JGit would look for what it measured, or else measure for 3 s. */
  private static final class FixedClock extends UserConfigFile {

    FixedClock(Config parent, File file, File second, FS fs) {
      super(parent, file, second, fs);
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
