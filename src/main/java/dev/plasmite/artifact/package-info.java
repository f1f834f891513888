/**
 * What is shipped: files, their digests, what is inside them, and the papers that travel with them (release manifest,
 * checksums, attestation). Everything here reads what others may have made hostile, so nothing is taken at its word.
 */
package dev.plasmite.artifact;
