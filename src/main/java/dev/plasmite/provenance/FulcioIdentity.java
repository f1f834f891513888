package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The build run as Fulcio, Sigstore's authority, wrote it into a certificate (Fulcio, OID information). */
final class FulcioIdentity {

  static final String GITHUB = "https://github.com/";

  /** The issuer of the identity tokens of GitHub Actions. */
  static final String ISSUER = "https://token.actions.githubusercontent.com";

  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final String ARC = "1.3.6.1.4.1.57264.1.";

  private final X509Certificate certificate;

  FulcioIdentity(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /** The differences to the expected run, one finding each; an extension that is missing differs. */
  List<Finding> differences(BuildRun expected, Place place) {
    String repository = GITHUB + expected.repository();
    List<Finding> out = new ArrayList<>();
    compare(8, "issuer", ISSUER, place, out);
    compare(11, "runner environment", "github-hosted", place, out);
    compare(12, "source repository", repository, place, out);
    compare(13, "source commit", expected.commit(), place, out);
    compare(14, "source ref", expected.ref(), place, out);
    compare(18, "workflow", repository + "/" + expected.workflow() + "@" + expected.ref(), place, out);
    compare(20, "event", expected.event(), place, out);
    compare(
        21, "run", repository + "/actions/runs/" + expected.runId() + "/attempts/" + expected.attempt(), place, out);
    return out;
  }

  private void compare(int number, String what, String wanted, Place place, List<Finding> out) {
    Optional<String> is = value(number);
    if (!is.equals(Optional.of(wanted))) {
      out.add(
          Finding.of("its certificate says " + what + " " + Shown.text(is.orElse(null)) + ", expected " + Shown.text(wanted))
              .at(place)
              .remedy("take the attestation of the build run of this tag"));
    }
  }

  /** An extension's text: a DER UTF8String within the extension's octet string. */
  private Optional<String> value(int number) {
    byte[] extension = certificate.getExtensionValue(ARC + number);
    return Optional.ofNullable(extension)
        .flatMap(der -> content(der, OCTET_STRING))
        .flatMap(der -> content(der, UTF8_STRING))
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  /** The content of a DER value that has this tag and fills all bytes (ITU-T X.690, definite lengths below 64 kB). */
  private static Optional<byte[]> content(byte[] der, int tag) {
    if (der.length < 2 || der[0] != tag) {
      return Optional.empty();
    }
    int first = der[1] & 0xff;
    int more = first < 0x80 ? 0 : first - 0x80;
    if (more > 2 || der.length < 2 + more) {
      return Optional.empty();
    }
    int length = more == 0 ? first : 0;
    for (int i = 0; i < more; i++) {
      length = length << 8 | der[2 + i] & 0xff;
    }
    return der.length == 2 + more + length ? Optional.of(Arrays.copyOfRange(der, 2 + more, der.length)) : Optional.empty();
  }
}
