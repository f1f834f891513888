/** The stage {@code stage-artifacts}: builds once, collects what is to be shipped, and writes its papers. */
package dev.plasmite.staging;
