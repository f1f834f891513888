package dev.plasmite.client;

import java.nio.charset.StandardCharsets;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes secrets out of text: raw, base64 and URL-encoded, the longest first, so that none shows by its part. */
public final class Redactor {

  /** Redacts nothing. */
  public static final Redactor NONE = new Redactor(List.of());

  private final List<String> needles;

  public Redactor(Collection<String> secrets) {
    needles =
        secrets.stream()
            .filter(s -> s != null && s.length() >= 4)
            .flatMap(Redactor::spellings)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without any secret. */
  public String redact(String text) {
    String out = text;
    for (String needle : needles) {
      out = out.replace(needle, "***");
    }
    return out;
  }

  private static Stream<String> spellings(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return Stream.of(
        secret,
        base64,
        base64.replace("=", ""),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }
}
