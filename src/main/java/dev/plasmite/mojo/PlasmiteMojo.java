package dev.plasmite.mojo;

import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
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
    }
  }

  /** A message whose commands are as they are to be typed here. */
  String spelled(String message) {
    return message;
  }

  /** The goal's work. */
  abstract void work() throws MojoExecutionException, MojoFailureException;
}
