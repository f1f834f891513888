package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The key by which this machine signs what it built: ECDSA on P-256, kept as PEM (PKCS #8, readable by its owner only),
 * with the public key beside it (PEM, SubjectPublicKeyInfo, ending {@code .pub}). It proves that the papers were not
 * changed since they were written here; it does not prove who wrote them to anybody who did not get the public key from
 * this machine.
 */
public final class LocalKey {

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private LocalKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Where the public key of a private key file lies. */
  public static Path publicKeyOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /**
   * The key at a path; a new one when there is none.
   *
   * @throws Refusal when what is there is no key of this form, others may read it, or its public half is another's
   * @throws OutsideFailure when it cannot be read or written
   */
  public static LocalKey at(Path file) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        create(file);
      }
      demandPrivate(file);
      PrivateKey privateKey =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(file, PRIVATE)));
      LocalKey key = new LocalKey(privateKey, publicKey(publicKeyOf(file)));
      byte[] probe = "pair".getBytes(StandardCharsets.US_ASCII);
      if (!verify(key.publicKey, probe, key.sign(probe))) {
        throw refusal(file, "the key and its public half are no pair");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw refusal(file, "no ECDSA key in PKCS #8: " + e.getMessage());
    } catch (IOException e) {
      throw new OutsideFailure("cannot read or write the key " + file, e);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws Refusal when there is none, or it is of another form
   */
  public static PublicKey publicKey(Path file) {
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(pem(file, PUBLIC)));
    } catch (GeneralSecurityException e) {
      throw refusal(file, "no ECDSA public key: " + e.getMessage());
    }
  }

  /** The public half. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** A name for a public key: hex sha256 of its SubjectPublicKeyInfo. */
  public static String id(PublicKey key) {
    return Digests.sha256(key.getEncoded());
  }

  /** Signs with SHA-256; the signature is in ASN.1 DER. */
  byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    signature.update(message);
    return signature.sign();
  }

  /** Whether a signature is of this key over this message; one that cannot be read is not. */
  static boolean verify(PublicKey key, byte[] message, byte[] der) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key);
    signature.update(message);
    try {
      return signature.verify(der);
    } catch (java.security.SignatureException e) {
      return false; // no DER, or values out of range
    }
  }

  private static void create(Path file) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Files.createDirectories(file.toAbsolutePath().getParent());
    // The public half first: when the private one is there, both are.
    write(publicKeyOf(file), PUBLIC, pair.getPublic().getEncoded(), "rw-r--r--");
    write(file, PRIVATE, pair.getPrivate().getEncoded(), "rw-------");
  }

  private static void write(Path file, String label, byte[] der, String mode) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    FileAttribute<?>[] attributes =
        posix() ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
            : new FileAttribute<?>[0];
    Files.createFile(fresh, attributes);
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(fresh, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void demandPrivate(Path file) throws IOException {
    if (posix()) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (!mode.endsWith("------")) {
        throw new Refusal(
            Finding.of("others may read the signing key (" + mode + ")")
                .at(Place.file(file.toString()))
                .remedy("chmod 600 " + file + ", or remove it for a new one if it may have been copied"));
      }
    }
  }

  private static byte[] pem(Path file, String label) {
    String text = new String(SmallFile.bytes(file), StandardCharsets.UTF_8).strip();
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end) || text.length() < begin.length() + end.length()) {
      throw refusal(file, "no PEM of a " + label.toLowerCase(java.util.Locale.ROOT));
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
    } catch (IllegalArgumentException e) {
      throw refusal(file, "its base64 is damaged");
    }
  }

  private static Refusal refusal(Path file, String what) {
    return new Refusal(
        Finding.of(what)
            .at(Place.file(file.toString()))
            .remedy("put back the pair that signed, or remove both halves and stage again"));
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
