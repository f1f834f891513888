package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envelopes made here are good for others: Node's OpenSSL checks them by a program that shares nothing with ours. */
class DsseTest {

  private static final String VERIFIER =
      """
      const fs = require('fs'), crypto = require('crypto');
      const envelope = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
      const body = Buffer.from(envelope.payload, 'base64');
      const pae = Buffer.concat([Buffer.from(
        `DSSEv1 ${Buffer.byteLength(envelope.payloadType)} ${envelope.payloadType} ${body.length} `), body]);
      const key = crypto.createPublicKey(fs.readFileSync(process.argv[3]));
      const good = envelope.signatures.length === 1
        && crypto.verify('sha256', pae, key, Buffer.from(envelope.signatures[0].sig, 'base64'));
      const statement = JSON.parse(body);
      console.log(good ? 'good' : 'bad', key.asymmetricKeyDetails.namedCurve, statement._type);
      """;

  @TempDir Path temp;
  private Path keyFile;
  private LocalKey key;

  @BeforeEach
  void key() {
    keyFile = temp.resolve("key");
    key = LocalKey.at(keyFile);
  }

  private String verified(byte[] envelope) throws IOException {
    Path script = Files.writeString(temp.resolve("verify.js"), VERIFIER);
    Path file = Files.write(temp.resolve("envelope.json"), envelope);
    List<String> argv = List.of("node", script.toString(), file.toString(), LocalKey.publicKeyOf(keyFile).toString());
    Exit exit = new Processes(Redactor.NONE).run(Command.of(temp, argv).with(Map.of("PATH", System.getenv("PATH"))));
    assertThat(exit.ok()).as(exit.toString()).isTrue();
    return exit.out().strip();
  }

  @Test
  void anIndependentImplementationTakesTheSignature() throws IOException {
    byte[] payload = "{\"_type\":\"caf\u00e9\"}".getBytes(StandardCharsets.UTF_8);
    Dsse signed = Dsse.sign(Dsse.IN_TOTO, payload, key);
    assertThat(verified(signed.json())).isEqualTo("good prime256v1 caf\u00e9");
    Dsse other = new Dsse("text/plain", signed.payload(), signed.keyId(), signed.signature());
    assertThat(verified(other.json())).startsWith("bad");
  }

  @Test
  void typeAndPayloadAreBothSigned() {
    Dsse signed = Dsse.sign(Dsse.IN_TOTO, "{}".getBytes(StandardCharsets.UTF_8), key);
    assertThat(signed.signedBy(key.publicKey())).isTrue();
    assertThat(new Dsse("text/plain", signed.payload(), "", signed.signature()).signedBy(key.publicKey())).isFalse();
    assertThat(new Dsse(Dsse.IN_TOTO, "{} ".getBytes(StandardCharsets.UTF_8), "", signed.signature()).signedBy(key.publicKey()))
        .isFalse();
    assertThat(new Dsse(Dsse.IN_TOTO, signed.payload(), "", new byte[0]).signedBy(key.publicKey())).isFalse();
  }
}
