package dev.plasmite.train;

import java.util.Optional;

/**
 * What to do next.
 *
 * @param command the one command to type; empty when there is none: a text has to be written first, or nothing is left
 * @param why what it does, or what has to be done by hand; a sentence without a full stop
 */
public record NextStep(Optional<String> command, String why) {

  static NextStep type(String command, String why) {
    return new NextStep(Optional.of(command), why);
  }

  static NextStep byHand(String why) {
    return new NextStep(Optional.empty(), why);
  }

  /** One line for a terminal. */
  @Override
  public String toString() {
    return command.map(c -> c + "   (" + why + ")").orElse(why);
  }
}
