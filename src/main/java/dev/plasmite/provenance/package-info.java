/** The stage {@code provenance}: proves that what is to be published is what the build run of this tag built. */
package dev.plasmite.provenance;
