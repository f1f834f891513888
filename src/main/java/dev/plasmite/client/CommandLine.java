package dev.plasmite.client;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.util.List;
import org.codehaus.plexus.util.cli.CommandLineUtils;

/** A configured command, split into its arguments at white space and quotes as a POM's author expects; no shell. */
public final class CommandLine {

  private CommandLine() {}

  /**
   * Splits a command.
   *
   * @throws Refusal when it is empty or a quote is not closed
   */
  public static List<String> split(String command) {
    List<String> argv;
    try {
      argv = List.of(CommandLineUtils.translateCommandline(parted(command, ' ')));
    } catch (Exception e) { // that is what the library declares; it means an open quote
      throw new Refusal(
          Finding.of("cannot read the command '" + command + "': " + e.getMessage()).remedy("close the quote"));
    }
    if (argv.isEmpty()) {
      throw new Refusal(Finding.of("empty command").remedy("write the command, or remove the element"));
    }
    return argv;
  }

  /** The words of a command as they are written, with their quotes: what is quoted is meant for the program. */
  static List<String> written(String command) {
    return List.of(parted(command, '\0').split("\0+"));
  }

  /** With one sign for each white space: the library takes only blanks, and a POM's commands may be broken into lines. What is quoted stays. */
  private static String parted(String command, char by) {
    StringBuilder out = new StringBuilder();
    char quote = 0;
    for (char c : command.strip().toCharArray()) {
      if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      }
      out.append(quote == 0 && Character.isWhitespace(c) ? by : c);
    }
    return out.toString();
  }
}
