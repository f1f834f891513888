package dev.plasmite.sandbox.loopback;

/** Decides what goes wrong with each request. Called once a request, from several threads, before its body is read. */
@FunctionalInterface
public interface Faults {

  /** Nothing ever goes wrong. */
  Faults NONE = request -> Fault.NONE;

  /** The fate of a request; its body must not be read here. */
  Fault fate(Request request);
}
