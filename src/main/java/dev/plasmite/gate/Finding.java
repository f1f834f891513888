package dev.plasmite.gate;

import java.util.Objects;

/**
 * One thing that a gate found: what, where, and what to do about it.
 *
 * @param severity whether it stops the train
 * @param what a sentence without a full stop, for the maintainer
 * @param place where it is; null when it has no place
 * @param remedy what to do, a command where there is one; empty when nothing is to be done
 */
public record Finding(Severity severity, String what, Place place, String remedy) {

  /** The weight of a finding. */
  public enum Severity {
    /** The gate fails. */
    ERROR,
    /** The gate could not tell, which blocks like a failure. */
    UNKNOWN,
    /** Shown, does not stop the train. */
    WARNING,
    /** Answered by a stand-in of the sandbox, so it proves nothing about the world. */
    SIMULATED
  }

  public Finding {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(what);
    Objects.requireNonNull(remedy);
  }

  /** An error without a place or remedy yet. */
  public static Finding of(String what) {
    return new Finding(Severity.ERROR, what, null, "");
  }

  /** Something that could not be found out. */
  public static Finding unknown(String what) {
    return new Finding(Severity.UNKNOWN, what, null, "");
  }

  /** Something worth seeing that stops nothing. */
  public static Finding warning(String what) {
    return new Finding(Severity.WARNING, what, null, "");
  }

  /** An answer that a stand-in gave. */
  public static Finding simulated(String what) {
    return new Finding(Severity.SIMULATED, what, null, "");
  }

  /** The same finding at a place. */
  public Finding at(Place where) {
    return new Finding(severity, what, where, remedy);
  }

  /** The same finding with its remedy. */
  public Finding remedy(String todo) {
    return new Finding(severity, what, place, todo);
  }

  /** Whether this stops the train. */
  public boolean blocks() {
    return severity == Severity.ERROR || severity == Severity.UNKNOWN;
  }

  /** One line for a terminal: {@code place  what -> remedy}. */
  @Override
  public String toString() {
    return (place == null ? "" : place + "  ") + what + (remedy.isEmpty() ? "" : " -> " + remedy);
  }
}
