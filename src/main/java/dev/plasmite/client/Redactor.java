package dev.plasmite.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text, the longest first, so that none shows by its part: as they are, and as servers and clients
 * spell them: in JSON, HTML, URLs, hexadecimal, and base64, there also inside a longer string such as {@code user:token}.
 */
public final class Redactor {

  /** The shortest secret that is taken out, in characters: a shorter one would take ordinary text with it. */
  public static final int SHORTEST = 4;

  /** Redacts nothing. */
  public static final Redactor NONE = new Redactor(List.of());

  private static final String REDACTED = "***";

  /** A digest as this project writes them: sha1, sha256, sha512. */
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}");

  /** A line of a secret that is a secret too, such as one of a private key; shorter ones are ordinary. */
  private static final int LINE = 8;

  /** A part of a base64 string says enough to be known by from so many characters on. */
  private static final int BASE64 = 5;

  private final List<Needle> needles;

  /**
   * One spelling.
   *
   * @param embedded whether it is the inside of a base64 string, of which the rest is taken out too
   */
  private record Needle(String text, boolean embedded) {}

  /** Makes it; secrets shorter than {@link #SHORTEST} are not looked for. */
  public Redactor(Collection<String> secrets) {
    needles =
        secrets.stream()
            .filter(s -> s != null && s.length() >= SHORTEST)
            .flatMap(s -> Stream.concat(Stream.of(s), s.lines().map(String::strip).filter(line -> line.length() >= LINE)))
            .distinct()
            .flatMap(Redactor::spellings)
            .distinct()
            .sorted(Comparator.comparingInt((Needle n) -> n.text().length()).reversed())
            .toList();
  }

  /** The text without any secret. */
  public String redact(String text) {
    String out = text;
    for (Needle needle : needles) {
      out = needle.embedded() ? withoutBase64(out, needle.text()) : out.replace(needle.text(), REDACTED);
    }
    return out;
  }

  /**
   * A recorded fact without any secret. A digest stays whole: a short password may happen to be in one, and a digest with
   * a hole proves nothing.
   */
  public String redactFact(String value) {
    boolean whole = needles.stream().anyMatch(n -> n.text().equals(value));
    return DIGEST.matcher(value).matches() && !whole ? value : redact(value);
  }

  private static String withoutBase64(String text, String inside) {
    StringBuilder out = null;
    int done = 0;
    for (int at = text.indexOf(inside); at >= 0; at = text.indexOf(inside, done)) {
      int from = at;
      while (from > done && isBase64(text.charAt(from - 1))) {
        from--;
      }
      int to = at + inside.length();
      while (to < text.length() && isBase64(text.charAt(to))) {
        to++;
      }
      out = out == null ? new StringBuilder() : out;
      out.append(text, done, from).append(REDACTED);
      done = to;
    }
    return out == null ? text : out.append(text, done, text.length()).toString();
  }

  private static boolean isBase64(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "+/-_=".indexOf(c) >= 0;
  }

  private static Stream<Needle> spellings(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String percent = form.replace("+", "%20");
    String hex = HexFormat.of().formatHex(bytes);
    Stream<String> plain =
        Stream.of(
            secret, json, json.replace("/", "\\/"),
            form, lowerEscapes(form), percent, lowerEscapes(percent), lax(percent), lowerEscapes(lax(percent)),
            html(secret, "&quot;", "&#39;"), html(secret, "&#34;", "&#x27;"),
            hex, hex.toUpperCase(Locale.ROOT));
    return Stream.concat(
        plain.map(text -> new Needle(text, false)),
        Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
            .flatMap(encoder -> Stream.of(0, 1, 2).map(before -> inside(encoder, bytes, before)))
            .filter(text -> text.length() >= BASE64)
            .map(text -> new Needle(text, true)));
  }

  /** What of the base64 of a longer string depends on these bytes alone, when so many bytes (modulo 3) are before them. */
  private static String inside(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    int from = (before * 8 + 5) / 6;
    int to = shifted.length * 8 / 6;
    return encoded.substring(from, Math.max(from, to));
  }

  /** Percent-escapes in small letters, which some clients write. */
  private static String lowerEscapes(String text) {
    return Pattern.compile("%[0-9A-F]{2}").matcher(text).replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
  }

  /** As clients write it that leave alone what a path or a query may hold (RFC 3986, section 3.3). */
  private static String lax(String percent) {
    Function<String, String> decoded = escape -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    return Pattern.compile("%(21|24|26|27|28|29|2A|2B|2C|2F|3A|3B|3D|3F|40|7E)").matcher(percent)
        .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(decoded.apply(m.group())));
  }

  private static String html(String text, String quote, String apostrophe) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", quote).replace("'", apostrophe);
  }
}
