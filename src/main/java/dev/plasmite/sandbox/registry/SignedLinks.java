package dev.plasmite.sandbox.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Short-lived links to a file, good without a token, as those of GitHub's object stores. */
final class SignedLinks {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final byte[] key = new byte[32];

  SignedLinks() {
    new SecureRandom().nextBytes(key);
  }

  /** The query to add to a path. */
  String sign(String path) {
    String until = Long.toString(Instant.now().plus(LIFE).getEpochSecond());
    return "?se=" + until + "&sig=" + signature(path, until);
  }

  /** Whether a link's query is of this path and still good. */
  boolean good(String path, String until, String signature) {
    return until.matches("[0-9]{1,18}")
        && Long.parseLong(until) >= Instant.now().getEpochSecond()
        && MessageDigest.isEqual(
            signature.getBytes(StandardCharsets.UTF_8), signature(path, until).getBytes(StandardCharsets.UTF_8));
  }

  private String signature(String path, String until) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal((path + "\n" + until).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }
}
