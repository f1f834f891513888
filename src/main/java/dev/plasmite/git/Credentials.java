package dev.plasmite.git;

import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * How a remote over HTTPS is entered.
 *
 * @param user the user's name; GitHub takes {@code x-access-token} with a token
 * @param password the password or token; never shown
 */
public record Credentials(String user, String password) {

  CredentialsProvider provider() {
    return new UsernamePasswordCredentialsProvider(user, password);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "Credentials[user=" + user + "]";
  }
}
