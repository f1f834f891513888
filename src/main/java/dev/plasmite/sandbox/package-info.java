/**
 * The sandbox: a world on this machine in which a whole release happens for real, with real clients and without
 * credentials, and from which nothing gets out.
 */
package dev.plasmite.sandbox;
