package dev.plasmite.provenance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.BuildRun;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority, a certificate log and a transparency log of a test's own, that attest as GitHub and Sigstore do (RFC 6962,
 * Fulcio's OID information, Rekor's dsse entry 0.0.1, the checkpoint format of transparency logs). What verifies its
 * bundles is the real verifier with this trusted root.
 */
public final class LocalSigstore {

  private static final String HOST = "log.example";
  private static final ASN1ObjectIdentifier SCT_LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

  private final ObjectMapper json = new ObjectMapper();
  private final KeyPair authority = key();
  private final KeyPair certificateLog = key();
  private final KeyPair transparencyLog = key();
  private final X500Name name = new X500Name("O=log.example,CN=authority");
  private final X509CertificateHolder root = root();
  private final Map<Integer, Optional<String>> instead = new TreeMap<>();
  private long later;

  /**
   * Certificates say otherwise from now on.
   *
   * @param extension the last number of the Fulcio extension
   * @param value in its place; empty to leave it out
   */
  LocalSigstore lying(int extension, Optional<String> value) {
    instead.clear();
    instead.put(extension, value);
    return this;
  }

  /** The log takes entries that many seconds after the certificates are made, which are good for nine minutes. */
  LocalSigstore loggingLater(long seconds) {
    later = seconds;
    return this;
  }

  /** The trusted root of this Sigstore, as a file. */
  public Path trustedRoot(Path file) throws IOException {
    ObjectNode all = json.createObjectNode().put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    log(all.putArray("tlogs").addObject(), transparencyLog);
    log(all.putArray("ctlogs").addObject(), certificateLog);
    ObjectNode ca = all.putArray("certificateAuthorities").addObject().put("uri", "https://" + HOST);
    ca.putObject("subject").put("organization", HOST).put("commonName", "authority");
    ca.putObject("certChain").putArray("certificates").addObject().put("rawBytes", base64(root.getEncoded()));
    ca.putObject("validFor").put("start", "2020-01-01T00:00:00.000Z");
    all.putArray("timestampAuthorities");
    return Files.write(file, json.writeValueAsBytes(all));
  }

  /** What GitHub attests of files that a run built. */
  public byte[] attest(BuildRun run, Map<String, String> sha256) {
    return attest(run, sha256, "https://slsa.dev/provenance/v1");
  }

  byte[] attest(BuildRun run, Map<String, String> sha256, String predicateType) {
    try {
      return bundle(run, statement(run, sha256, predicateType));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] statement(BuildRun run, Map<String, String> sha256, String predicateType) throws IOException {
    String uri = "https://github.com/" + run.repository();
    ObjectNode statement = json.createObjectNode().put("_type", "https://in-toto.io/Statement/v1");
    var subjects = statement.putArray("subject");
    new TreeMap<>(sha256)
        .forEach((file, digest) -> subjects.addObject().put("name", file).putObject("digest").put("sha256", digest));
    statement.put("predicateType", predicateType);
    ObjectNode definition = statement.putObject("predicate").putObject("buildDefinition");
    definition.put("buildType", "https://actions.github.io/buildtypes/workflow/v1");
    definition.putObject("externalParameters").putObject("workflow")
        .put("ref", run.ref()).put("repository", uri).put("path", run.workflow());
    definition.putArray("resolvedDependencies").addObject().put("uri", "git+" + uri + "@" + run.ref())
        .putObject("digest").put("gitCommit", run.commit());
    ObjectNode details = ((ObjectNode) statement.get("predicate")).putObject("runDetails");
    details.putObject("builder").put("id", uri + "/" + run.workflow() + "@" + run.ref());
    details.putObject("metadata").put("invocationId", invocation(run));
    return json.writeValueAsBytes(statement);
  }

  private byte[] bundle(BuildRun run, byte[] payload)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    String type = "application/vnd.in-toto+json";
    KeyPair signer = key();
    X509CertificateHolder leaf = leaf(run, signer);
    ByteArrayOutputStream pae = new ByteArrayOutputStream();
    pae.writeBytes(("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    pae.writeBytes(payload);
    String signature = base64(sign(signer.getPrivate(), pae.toByteArray()));

    ObjectNode body = json.createObjectNode().put("apiVersion", "0.0.1").put("kind", "dsse");
    ObjectNode spec = body.putObject("spec");
    spec.putObject("envelopeHash").put("algorithm", "sha256").put("value", "0".repeat(64));
    spec.putObject("payloadHash").put("algorithm", "sha256").put("value", HexFormat.of().formatHex(sha256(payload)));
    spec.putArray("signatures").addObject().put("signature", signature).put("verifier", base64(pem(leaf)));
    byte[] entry = json.writeValueAsBytes(body);

    ObjectNode bundle = json.createObjectNode().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
    ObjectNode material = bundle.putObject("verificationMaterial");
    material.putObject("certificate").put("rawBytes", base64(leaf.getEncoded()));
    logged(material.putArray("tlogEntries").addObject(), entry);
    ObjectNode envelope = bundle.putObject("dsseEnvelope").put("payload", base64(payload)).put("payloadType", type);
    envelope.putArray("signatures").addObject().put("sig", signature);
    return json.writeValueAsBytes(bundle);
  }

  private void logged(ObjectNode into, byte[] entry) throws GeneralSecurityException {
    byte[] id = sha256(transparencyLog.getPublic().getEncoded());
    long time = Instant.now().getEpochSecond() + later;
    String promised =
        "{\"body\":\"" + base64(entry) + "\",\"integratedTime\":" + time + ",\"logID\":\"" + HexFormat.of().formatHex(id)
            + "\",\"logIndex\":0}";
    byte[] leaf = new byte[entry.length + 1];
    System.arraycopy(entry, 0, leaf, 1, entry.length);
    byte[] hash = sha256(leaf);
    String note = HOST + " - 1\n1\n" + base64(hash) + "\n";
    byte[] noteSignature = sign(transparencyLog.getPrivate(), note.getBytes(StandardCharsets.UTF_8));
    byte[] hinted = Arrays.copyOf(id, 4 + noteSignature.length);
    System.arraycopy(noteSignature, 0, hinted, 4, noteSignature.length);

    into.put("logIndex", "0").put("integratedTime", Long.toString(time)).put("canonicalizedBody", base64(entry));
    into.putObject("logId").put("keyId", base64(id));
    into.putObject("kindVersion").put("kind", "dsse").put("version", "0.0.1");
    into.putObject("inclusionPromise")
        .put("signedEntryTimestamp", base64(sign(transparencyLog.getPrivate(), promised.getBytes(StandardCharsets.UTF_8))));
    ObjectNode proof = into.putObject("inclusionProof").put("logIndex", "0").put("treeSize", "1").put("rootHash", base64(hash));
    proof.putArray("hashes");
    proof.putObject("checkpoint").put("envelope", note + "\n\u2014 " + HOST + " " + base64(hinted) + "\n");
  }

  private X509CertificateHolder leaf(BuildRun run, KeyPair signer)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    String uri = "https://github.com/" + run.repository();
    String workflow = uri + "/" + run.workflow() + "@" + run.ref();
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(540)),
            new X500Name(""),
            SubjectPublicKeyInfo.getInstance(signer.getPublic().getEncoded()));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
    builder.addExtension(
        Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, workflow)));
    Map<Integer, String> identity =
        Map.of(
            8, "https://token.actions.githubusercontent.com",
            11, "github-hosted",
            12, uri,
            13, run.commit(),
            14, run.ref(),
            18, workflow,
            20, run.event(),
            21, invocation(run));
    Map<Integer, String> stated = new TreeMap<>(identity);
    instead.forEach((number, value) -> value.ifPresentOrElse(v -> stated.put(number, v), () -> stated.remove(number)));
    for (Map.Entry<Integer, String> fact : stated.entrySet()) {
      ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1." + fact.getKey());
      builder.addExtension(oid, false, new DERUTF8String(fact.getValue()));
    }
    ContentSigner by = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
    byte[] promise = promise(builder.build(by).toASN1Structure().getTBSCertificate().getEncoded(), now.toEpochMilli());
    return builder.addExtension(SCT_LIST, false, new DEROctetString(promise)).build(by);
  }

  /** The list with one signed certificate timestamp of the certificate log, RFC 6962, 3.2 and 3.3. */
  private byte[] promise(byte[] certificate, long time) throws GeneralSecurityException, IOException {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(signed);
    out.writeShort(0); // version 1, certificate_timestamp
    out.writeLong(time);
    out.writeShort(1); // precert_entry
    out.write(sha256(authority.getPublic().getEncoded()));
    out.writeByte(certificate.length >> 16);
    out.writeShort(certificate.length & 0xffff);
    out.write(certificate);
    out.writeShort(0); // no extensions
    byte[] signature = sign(certificateLog.getPrivate(), signed.toByteArray());
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    DataOutputStream sct = new DataOutputStream(list);
    int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
    sct.writeShort(length + 2);
    sct.writeShort(length);
    sct.writeByte(0);
    sct.write(sha256(certificateLog.getPublic().getEncoded()));
    sct.writeLong(time);
    sct.writeShort(0);
    sct.writeByte(4); // SHA-256
    sct.writeByte(3); // ECDSA
    sct.writeShort(signature.length);
    sct.write(signature);
    return list.toByteArray();
  }

  private X509CertificateHolder root() {
    try {
      return new X509v3CertificateBuilder(
              name,
              BigInteger.ONE,
              Date.from(Instant.parse("2020-01-01T00:00:00Z")),
              Date.from(Instant.parse("2090-01-01T00:00:00Z")),
              name,
              SubjectPublicKeyInfo.getInstance(authority.getPublic().getEncoded()))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void log(ObjectNode log, KeyPair key) {
    PublicKey known = key.getPublic();
    log.put("baseUrl", "https://" + HOST).put("hashAlgorithm", "SHA2_256");
    log.putObject("publicKey").put("rawBytes", base64(known.getEncoded())).put("keyDetails", "PKIX_ECDSA_P256_SHA_256")
        .putObject("validFor").put("start", "2020-01-01T00:00:00.000Z");
    log.putObject("logId").put("keyId", base64(sha256(known.getEncoded())));
  }

  private static String invocation(BuildRun run) {
    return "https://github.com/" + run.repository() + "/actions/runs/" + run.runId() + "/attempts/" + run.attempt();
  }

  private static byte[] pem(X509CertificateHolder certificate) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return ("-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
