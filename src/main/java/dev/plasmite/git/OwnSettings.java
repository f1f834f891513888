package dev.plasmite.git;

import java.io.IOException;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * Repositories of the train's own: scratch clones, copies, the clone of a tap. The settings of the person and of the
 * machine count for nothing in them, since a setting can send them elsewhere ({@code url.insteadOf}), run a program
 * ({@code core.hooksPath}, {@code filter}, {@code remote.uploadpack}) or change a byte ({@code core.autocrlf}).
 */
public final class OwnSettings {

  private OwnSettings() {}

  /** Opens, makes or clones a repository. */
  @FunctionalInterface
  public interface Opening<T> {
    T open() throws IOException, GitAPIException;
  }

  /** Does it in such a way that the repository has no settings but its own, as long as it is open. */
  public static <T> T only(Opening<T> opening) throws IOException, GitAPIException {
    return QuietSystemReader.install().alone(opening);
  }
}
