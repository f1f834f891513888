package dev.plasmite.channel;

import dev.plasmite.client.Exit;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether a client is there and starts. */
final class ClientCheck {

  private ClientCheck() {}

  /** Starts the client with arguments that change nothing, such as {@code --version}. */
  static List<Finding> of(Workbench bench, String client, String... arguments) {
    List<String> argv = new ArrayList<>(List.of(client));
    argv.addAll(List.of(arguments));
    Path home = bench.freshHome("check");
    try {
      Exit exit = bench.run(home, bench.environment(home), argv);
      return exit.ok() ? List.of() : List.of(missing(bench, client, String.join(" ", argv), exit.tail(3)));
    } catch (OutsideFailure e) {
      return List.of(missing(bench, client, String.join(" ", argv), e.getMessage()));
    }
  }

  private static Finding missing(Workbench bench, String client, String command, String said) {
    return Finding.of("the client '" + bench.executable(client) + "' does not work: " + command + ": " + said)
        .remedy("install it, or say where it is: <clients><" + client + ">PATH</" + client + "></clients>");
  }
}
