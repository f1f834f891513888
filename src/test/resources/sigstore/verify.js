// Verifies bundles and bare DSSE envelopes with @sigstore/verify. The argument is a JSON file:
// [{name, bundle, root, signer}] or [{name, envelope, key}]. Prints "NAME good" or "NAME refused: CODE" for each.
const fs = require('fs');
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const none = { mediaType: '', tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };

function verify(one) {
  if (one.envelope) {
    const envelope = read(one.envelope);
    const hint = envelope.signatures[0].keyid;
    const der = Buffer.from(fs.readFileSync(one.key, 'utf8').replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const bundle = bundleFromJSON({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint } },
      dsseEnvelope: envelope,
    });
    const trust = toTrustMaterial(TrustedRoot.fromJSON(none), { [hint]: { rawBytes: der, keyDetails: 'PKIX_ECDSA_P256_SHA_256' } });
    new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0 }).verify(toSignedEntity(bundle));
  } else {
    const trust = toTrustMaterial(TrustedRoot.fromJSON(read(one.root)));
    new Verifier(trust).verify(toSignedEntity(bundleFromJSON(read(one.bundle))), {
      subjectAlternativeName: one.signer,
      extensions: { issuer: 'https://token.actions.githubusercontent.com' },
    });
  }
}

for (const one of read(process.argv[2])) {
  try {
    verify(one);
    console.log(`${one.name} good`);
  } catch (e) {
    console.log(`${one.name} refused: ${e.code || e.message}`);
  }
}
