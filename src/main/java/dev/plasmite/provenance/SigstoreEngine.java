package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Dsse;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One bundle, by sigstore-java, with the checks around it that the library leaves to its caller. */
final class SigstoreEngine {

  private final byte[] trustedRoot;
  private final BuildRun expected;
  private final Optional<String> signer;
  private final Place place;

  SigstoreEngine(byte[] trustedRoot, BuildRun expected, Optional<String> signer, Place place) {
    this.trustedRoot = trustedRoot;
    this.expected = expected;
    this.signer = signer;
    this.place = place;
  }

  /**
   * The artifacts' digests that the bundle attests.
   *
   * @throws Refusal when anything about it is not proven
   */
  Set<String> proven(byte[] json, Map<String, String> artifacts) {
    try {
      return check(Bundle.from(new StringReader(new String(json, StandardCharsets.UTF_8))), artifacts);
    } catch (Refusal e) {
      throw e;
    } catch (BundleParseException | KeylessVerificationException | SigstoreConfigurationException
        | GeneralSecurityException | RuntimeException e) {
      // Damaged bundles make the library throw runtime exceptions of several kinds; none of them is a yes.
      throw refusal("it cannot be verified: " + Shown.text(String.valueOf(e.getMessage())));
    }
  }

  private Set<String> check(Bundle bundle, Map<String, String> artifacts)
      throws KeylessVerificationException, SigstoreConfigurationException, GeneralSecurityException {
    Bundle.DsseEnvelope envelope =
        bundle.getDsseEnvelope().orElseThrow(() -> refusal("it holds no DSSE envelope, so no statement"));
    if (!envelope.getPayloadType().equals(Dsse.IN_TOTO)) {
      throw refusal("payload type is " + Shown.text(envelope.getPayloadType()) + ", not " + Dsse.IN_TOTO);
    }
    if (envelope.getSignatures().size() != 1) {
      throw refusal("it must hold exactly one signature, not " + envelope.getSignatures().size());
    }
    List<Finding> findings = new ArrayList<>();
    GithubStatement statement = GithubStatement.parse(envelope.getPayload(), place, findings);
    Set<String> attested = new java.util.TreeSet<>(statement.subjects());
    attested.retainAll(artifacts.values());
    if (attested.isEmpty()) {
      findings.add(finding("it attests none of the artifacts"));
      throw new Refusal(findings);
    }
    SigstoreTrustedRoot root = SigstoreTrustedRoot.from(new ByteArrayInputStream(trustedRoot));
    KeylessVerifier verifier = KeylessVerifier.builder().trustedRootProvider(() -> root).build();
    String digest = attested.iterator().next();
    // Exactly one matcher: several are alternatives, and none would let anybody pass.
    VerificationOptions options = VerificationOptions.builder().addCertificateMatchers(identity()).build();
    verifier.verify(HexFormat.of().parseHex(digest), bundle, options);
    X509Certificate leaf = (X509Certificate) bundle.getCertPath().getCertificates().get(0);
    signedInTime(bundle, leaf, findings);
    findings.addAll(new FulcioIdentity(leaf).differences(expected, place));
    findings.addAll(statement.differences(expected, place));
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return attested;
  }

  private CertificateMatcher identity() {
    String own = FulcioIdentity.GITHUB + expected.repository() + "/" + expected.workflow() + "@" + expected.ref();
    return CertificateMatcher.fulcio()
        .issuer(StringMatcher.string(FulcioIdentity.ISSUER))
        .subjectAlternativeName(StringMatcher.string(signer.orElse(own)))
        .build();
  }

  /** The library takes a log entry from any time; the certificate is good for ten minutes only. */
  private void signedInTime(Bundle bundle, X509Certificate leaf, List<Finding> findings) {
    if (bundle.getEntries().isEmpty()) {
      findings.add(finding("it is in no transparency log"));
    }
    for (RekorEntry entry : bundle.getEntries()) {
      try {
        if (entry.getIntegratedTime() > 0) {
          leaf.checkValidity(Date.from(entry.getIntegratedTimeInstant()));
        } else if (bundle.getTimestamps().isEmpty()) {
          findings.add(finding("nothing says when it was signed"));
        }
      } catch (GeneralSecurityException e) {
        findings.add(finding("it was signed when its certificate was not valid: " + Shown.text(e.getMessage())));
      }
    }
  }

  private Finding finding(String what) {
    return Finding.of(what).at(place).remedy("take the attestation of the build run of this tag");
  }

  private Refusal refusal(String what) {
    return new Refusal(finding(what));
  }
}
