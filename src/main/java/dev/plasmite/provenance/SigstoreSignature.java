package dev.plasmite.provenance;

import dev.plasmite.artifact.Shown;
import dev.plasmite.artifact.StrictFields;
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
import java.util.List;

/**
 * Who signed a bundle, and when, by sigstore-java and offline: signature, certificate, transparency log and time, held
 * against one trusted root. What the library leaves to its caller is checked around it. What was signed is not judged here.
 */
final class SigstoreSignature {

  private final byte[] trustedRoot;
  private final String issuer;
  private final String signer;
  private final Place place;

  /**
   * For bundles of one signer.
   *
   * @param trustedRoot Sigstore's {@code trusted_root.json}
   * @param issuer of the signer's identity token
   * @param signer the certificate's subject alternative name
   */
  SigstoreSignature(byte[] trustedRoot, String issuer, String signer, Place place) {
    this.trustedRoot = trustedRoot;
    this.issuer = issuer;
    this.signer = signer;
    this.place = place;
  }

  /**
   * Reads a bundle.
   *
   * @throws Refusal when it is none; the library takes the last of two fields of one name, and text behind the end
   */
  static Bundle parse(byte[] json, Place place) {
    StrictFields.parse(json, place, new ArrayList<>());
    try {
      return Bundle.from(new StringReader(new String(json, StandardCharsets.UTF_8)));
    } catch (BundleParseException | RuntimeException e) {
      throw refusal(place, e);
    }
  }

  /**
   * Proves that the signer signed a file, or a statement of which the file is a subject.
   *
   * @param sha256 the file's digest
   * @return the signer's certificate
   * @throws Refusal when anything about it is not proven
   */
  X509Certificate verify(Bundle bundle, byte[] sha256) {
    TrustedRootDates.demand(trustedRoot);
    try {
      SigstoreTrustedRoot root = SigstoreTrustedRoot.from(new ByteArrayInputStream(trustedRoot));
      KeylessVerifier verifier = KeylessVerifier.builder().trustedRootProvider(() -> root).build();
      // Exactly one matcher: several are alternatives, and none would let anybody pass.
      VerificationOptions options = VerificationOptions.builder().addCertificateMatchers(identity()).build();
      verifier.verify(sha256, bundle, options);
      X509Certificate leaf = (X509Certificate) bundle.getCertPath().getCertificates().get(0);
      List<Finding> findings = signedInTime(bundle, leaf);
      if (!findings.isEmpty()) {
        throw new Refusal(findings);
      }
      return leaf;
    } catch (Refusal e) {
      throw e;
    } catch (KeylessVerificationException | SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
      // Damaged bundles make the library throw runtime exceptions of several kinds; none of them is a yes.
      throw refusal(place, e);
    }
  }

  private CertificateMatcher identity() {
    return CertificateMatcher.fulcio()
        .issuer(StringMatcher.string(issuer))
        .subjectAlternativeName(StringMatcher.string(signer))
        .build();
  }

  /** The library takes a log entry from any time; the certificate is good for ten minutes only. */
  private List<Finding> signedInTime(Bundle bundle, X509Certificate leaf) {
    List<Finding> findings = new ArrayList<>();
    if (bundle.getEntries().isEmpty()) {
      findings.add(finding(place, "it is in no transparency log"));
    }
    for (RekorEntry entry : bundle.getEntries()) {
      try {
        if (entry.getIntegratedTime() > 0) {
          leaf.checkValidity(Date.from(entry.getIntegratedTimeInstant()));
        } else if (bundle.getTimestamps().isEmpty()) {
          findings.add(finding(place, "nothing says when it was signed"));
        }
      } catch (GeneralSecurityException e) {
        findings.add(finding(place, "it was signed when its certificate was not valid: " + Shown.text(e.getMessage())));
      }
    }
    return findings;
  }

  /** What is wrong with an attestation, and what helps. */
  static Finding finding(Place place, String what) {
    return Finding.of(what).at(place).remedy("take the attestation of the build run of this tag");
  }

  private static Refusal refusal(Place place, Exception e) {
    String why = e.getCause() == null ? "" : ", " + Shown.text(e.getCause().getMessage());
    return new Refusal(finding(place, "it cannot be verified: " + Shown.text(String.valueOf(e.getMessage())) + why));
  }
}
