package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.net.URI;
import java.util.Set;

/** Addresses of services outside, as people and clients write them. */
final class OutsideAddresses {

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  private OutsideAddresses() {}

  /**
   * Takes an address.
   *
   * @param said who says it, for the message: "npm's configuration"
   * @throws Refusal when it is none, would send a credential in the clear, or holds one
   */
  static URI of(String said, String text) {
    URI uri;
    try {
      uri = URI.create(text.strip().replaceFirst("^sparse\\+", ""));
    } catch (IllegalArgumentException e) {
      throw refused(said, "is no address", "write https://HOST/PATH");
    }
    boolean safe = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
    if (uri.getHost() == null || !safe) {
      throw refused(said, "is not https, so that a credential would travel in the clear", "write https://HOST/PATH");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused(said, "holds a user or password", "leave it out of the address and give it as a <server> or a variable");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused(said, "has a query or a fragment", "write https://HOST/PATH");
    }
    return uri;
  }

  /** The same with a slash at its end, from which relative addresses start. */
  static URI slashed(URI uri) {
    return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
  }

  /** Without the address itself, which may hold what must not be shown. */
  private static Refusal refused(String said, String how, String remedy) {
    return new Refusal(Finding.of("the address that " + said + " gives " + how).remedy(remedy));
  }
}
