package dev.plasmite.train;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.SecretNames;
import dev.plasmite.git.GitRepository;
import dev.plasmite.git.TagSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs tags as git is configured to (git-config(1), {@code gpg.format}, {@code user.signingKey}): by gpg, or by ssh-keygen.
 * The programs and their agents keep the keys; this only hands them the tag.
 */
final class Signing {

  /** A person may have to be asked for a passphrase. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ReleasePlan plan;
  private final GitRepository repository;
  private final Processes processes = new Processes(Redactor.NONE);
  private final String person;

  Signing(ReleasePlan plan, GitRepository repository, Clock clock) {
    this.plan = plan;
    this.repository = repository;
    this.person = repository.person(clock);
  }

  /** Whether git signs every tag of this repository. */
  static boolean configured(GitRepository repository) {
    return repository.setting("tag", "gpgSign").map(String::strip).filter(List.of("true", "yes", "on", "1")::contains).isPresent();
  }

  /**
   * The signer.
   *
   * @throws Refusal when the format is none that git releases use, or SSH has no key
   */
  TagSigner signer() {
    String format = repository.setting("gpg", "format").orElse("openpgp");
    return switch (format) {
      case "openpgp" -> this::gpg;
      case "ssh" -> this::ssh;
      default ->
          throw new Refusal(
              Finding.of("tags cannot be signed here in git's gpg.format '" + format + "'").remedy("git config gpg.format openpgp, or ssh"));
    };
  }

  private String gpg(byte[] payload) {
    String program = plan.clients().getOrDefault("gpg", repository.setting("gpg", "program").orElse("gpg"));
    String key = repository.setting("user", "signingKey").orElse(person);
    return run(List.of(program, "--batch", "--status-fd=2", "-bsau", key), payload).out();
  }

  private String ssh(byte[] payload) {
    String key =
        repository
            .setting("user", "signingKey")
            .orElseThrow(
                () -> new Refusal(Finding.of("no SSH key is set to sign tags with").remedy("git config user.signingKey PATH")));
    try {
      Path scratch = Files.createTempDirectory("plasmite-sign");
      Path file = scratch.resolve("tag");
      Path signature = scratch.resolve("tag.sig");
      Path literal = scratch.resolve("key.pub");
      try {
        Files.write(file, payload);
        List<String> argv = new ArrayList<>(List.of(plan.clients().getOrDefault("ssh-keygen", "ssh-keygen"), "-Y", "sign", "-n", "git", "-f"));
        if (key.startsWith("ssh-") || key.startsWith("key::")) {
          // The key itself; the agent holds its private half.
          Files.writeString(literal, key.replaceFirst("^key::", "") + "\n");
          argv.addAll(List.of(literal.toString(), "-U"));
        } else {
          argv.add(key.startsWith("~/") ? System.getProperty("user.home") + key.substring(1) : key);
        }
        argv.add(file.toString());
        run(argv, new byte[0]);
        return Files.readString(signature);
      } finally {
        for (Path left : List.of(signature, file, literal, scratch)) {
          Files.deleteIfExists(left);
        }
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot sign the tag", e);
    }
  }

  private Exit run(List<String> argv, byte[] input) {
    Exit exit =
        processes.run(Command.of(repository.root(), argv).with(SecretNames.without(System.getenv())).within(LIMIT), input);
    if (!exit.ok() || argv.contains("--status-fd=2") && !exit.err().contains("[GNUPG:] SIG_CREATED ")) {
      throw new OutsideFailure("cannot sign the tag: " + argv.get(0) + " said: " + exit.tail(3).replaceAll("\\R", " "));
    }
    return exit;
  }
}
