package dev.plasmite.client;

/**
 * How a service is entered.
 *
 * @param user the user's name; empty where a token says it all
 * @param secret the password or token
 */
public record Login(String user, Secret secret) {

  /** A login by a token alone. */
  public static Login token(String token) {
    return new Login("", new Secret(token));
  }
}
