package dev.plasmite.train;

import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageName;
import dev.plasmite.perf.PerfCalibration;

/** The pieces of the train, put together for one mode. What a stage does not need is not opened. */
interface Assembly extends AutoCloseable {

  /** One stage, ready to run. */
  Stage stage(StageName name);

  /** The trials of the performance gate. */
  PerfCalibration calibration();

  /** Ends what was started for the stages. */
  @Override
  void close();
}
