/**
 * The loopback registries: real enough that the real clients publish to them and install from them, with the errors of
 * the real services, their state on disk, and every link in an answer made from the address of now.
 */
package dev.plasmite.sandbox.registry;
