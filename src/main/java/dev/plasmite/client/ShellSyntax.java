package dev.plasmite.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words in a command that mean something to a shell alone: without one, a program gets them as arguments, and does something
 * else than the command's author meant.
 *
 * @param what the mistake, as the end of a sentence about the command
 * @param remedy how to write it
 */
public record ShellSyntax(String what, String remedy) {

  private static final Pattern OPERATOR = Pattern.compile("\\|\\|?|&&?|;|[0-9]?>>?.*|<|[0-9]?>&[0-9]");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

  /**
   * All such words in a command; those that are quoted are meant for its program.
   *
   * @param command one that can be split
   */
  public static List<ShellSyntax> in(String command) {
    List<String> words = CommandLine.written(command);
    List<ShellSyntax> found = new ArrayList<>();
    words.stream()
        .filter(word -> OPERATOR.matcher(word).matches())
        .findFirst()
        .ifPresent(
            word ->
                found.add(
                    new ShellSyntax(
                        "is run without a shell, and has " + word + " in it", "give it to a shell in one argument: sh -c '...'")));
    if (ASSIGNMENT.matcher(words.get(0)).matches()) {
      found.add(
          new ShellSyntax(
              "begins with a variable, and is run without a shell", "put env before it: env " + words.get(0) + " ..."));
    }
    return found;
  }
}
