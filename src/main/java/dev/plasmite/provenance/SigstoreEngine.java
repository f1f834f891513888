package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Dsse;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.sigstore.bundle.Bundle;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one bundle attests: a statement about artifacts, signed by the expected run and saying the same of it. */
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
    Bundle bundle = SigstoreSignature.parse(json, place);
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
    Set<String> attested = new TreeSet<>(statement.subjects());
    attested.retainAll(artifacts.values());
    if (attested.isEmpty()) {
      findings.add(SigstoreSignature.finding(place, "it attests none of the artifacts"));
      throw new Refusal(findings);
    }
    String own = FulcioIdentity.GITHUB + expected.repository() + "/" + expected.workflow() + "@" + expected.ref();
    byte[] digest = HexFormat.of().parseHex(attested.iterator().next());
    X509Certificate leaf =
        new SigstoreSignature(trustedRoot, FulcioIdentity.ISSUER, signer.orElse(own), place).verify(bundle, digest);
    findings.addAll(new FulcioIdentity(leaf).differences(expected, place));
    findings.addAll(statement.differences(expected, place));
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return attested;
  }

  private Refusal refusal(String what) {
    return new Refusal(SigstoreSignature.finding(place, what));
  }
}
