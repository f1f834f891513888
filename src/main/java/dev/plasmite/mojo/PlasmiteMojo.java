package dev.plasmite.mojo;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import java.nio.file.InvalidPathException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Every goal's frame: what the maintainer can mend becomes a build failure, what the world got wrong a build error. */
abstract class PlasmiteMojo extends AbstractMojo {

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    try {
      work();
    } catch (Refusal e) {
      throw new MojoFailureException(spelled(e.getMessage()));
    } catch (OutsideFailure e) {
      throw new MojoExecutionException(e.getMessage(), e);
    } catch (InvalidPathException e) {
      throw new MojoFailureException(unspelt(e).getMessage());
    }
  }

  /** A file name that Java cannot spell: under {@code LANG=C}, as in a bare container or a cron job, it knows ASCII only. */
  static Refusal unspelt(InvalidPathException name) {
    String shown = name.getInput() == null ? "" : name.getInput().replaceAll("[^\\x20-\\x7e]", "?");
    return new Refusal(
        Finding.of("Java cannot spell the file name '" + shown + "' in the character set of this environment, " + System.getProperty("sun.jnu.encoding"))
            .remedy("give the files ASCII names, or run Maven in an environment that says UTF-8: export LC_ALL=C.UTF-8"));
  }

  /** A message whose commands are as they are to be typed here. */
  String spelled(String message) {
    return message;
  }

  /** The goal's work. */
  abstract void work() throws MojoExecutionException, MojoFailureException;
}
