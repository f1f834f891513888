package dev.plasmite.mojo;

import dev.plasmite.train.Timetable;
import java.time.Clock;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows the whole train as it would run here: the stages in order, what each does to the outside, what is missing. Changes
 * nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", requiresProject = false, aggregator = true, threadSafe = true)
public final class PlanMojo extends TrainMojo {

  @Override
  void work() {
    new Timetable(plan(), invocation(), System.getenv(), session.isOffline(), Clock.systemDefaultZone()).lines().forEach(getLog()::info);
  }
}
