package dev.plasmite.mojo;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * The whole train, once, at the root: for multi-module builds as {@code mvn verify plasmite:release}, where all modules
 * are verified first.
 *
 * @since 0.1.0
 */
@Mojo(name = "release", aggregator = true, threadSafe = true)
@Execute(customPhase = "verify-delivery")
public final class ReleaseMojo extends TrainMojo {

  @Override
  void work() {
    if (ExecutionRoot.isHere(session)) {
      train().conclude();
    }
  }
}
