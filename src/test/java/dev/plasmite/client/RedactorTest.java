package dev.plasmite.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final String AWKWARD = "-pa ss'w\"ö/rd+$(id)&<\\>=%41?x";

  @ParameterizedTest
  @ValueSource(strings = {"npm_0123456789abcdefghijABCDEFGHIJ", AWKWARD, "pypi-AgEIcHlwaS5vcmc/+_=", "abcd"})
  void takesOutEverySpelling(String secret) throws JsonProcessingException {
    Redactor redactor = new Redactor(List.of(secret));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (String spelling :
        List.of(
            secret,
            new ObjectMapper().writeValueAsString(secret),
            form,
            form.toLowerCase(java.util.Locale.ROOT).equals(form) ? form : lower(form),
            form.replace("+", "%20"),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes))) {
      String shown = redactor.redact("before " + spelling + " after");
      assertThat(shown).startsWith("before ").endsWith(" after").contains("***").doesNotContain(inner(spelling));
    }
  }

  @Test
  void takesOutAWholeBase64StringThatHoldsASecretAtAnyAlignment() {
    String secret = "npm_0123456789abcdefghijABCDEFGHIJ";
    Redactor redactor = new Redactor(List.of(secret));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
      for (String user : List.of("", "u", "us", "use", "user", "__token__")) {
        for (String after : List.of("", "\n", "ab", "abc")) {
          String encoded = encoder.encodeToString((user + ":" + secret + after).getBytes(StandardCharsets.UTF_8));
          assertThat(redactor.redact("Authorization: Basic " + encoded + "\nnext")).isEqualTo("Authorization: Basic ***\nnext");
        }
      }
    }
  }

  @Test
  void takesOutTheLongerOfTwoSecretsOfWhichOneBeginsTheOther() {
    assertThat(new Redactor(List.of("token", "token-and-more")).redact("token-and-more token")).isEqualTo("*** ***");
  }

  @Test
  void takesOutEachLineOfASecretThatHasSeveral() {
    Redactor redactor = new Redactor(List.of("-----BEGIN-----\nMIIabcdefgh\nijklmnopq\n"));
    assertThat(redactor.redact("  MIIabcdefgh\r\n  ijklmnopq\r\n")).isEqualTo("  ***\r\n  ***\r\n");
  }

  @Test
  void leavesOrdinaryTextAndDigestsAlone() {
    Redactor redactor = new Redactor(List.of("beef", "", "abc"));
    String digest = "beef".repeat(16);
    assertThat(redactor.redact("abc is too short to be looked for")).isEqualTo("abc is too short to be looked for");
    assertThat(redactor.redactFact(digest)).isEqualTo(digest);
    assertThat(redactor.redactFact("of beef")).isEqualTo("of ***");
    assertThat(new Redactor(List.of(digest)).redactFact(digest)).isEqualTo("***");
  }

  private static String lower(String form) {
    return java.util.regex.Pattern.compile("%[0-9A-F]{2}").matcher(form).replaceAll(m -> m.group().toLowerCase(java.util.Locale.ROOT));
  }

  /** Without the edges, which a lone character of may stand elsewhere. */
  private static String inner(String spelling) {
    return spelling.replaceAll("^\"|\"$", "").substring(0, Math.max(4, spelling.length() / 2));
  }
}
