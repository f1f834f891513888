package dev.plasmite.perf;

/** Which side runs first in a pair: the Thue-Morse sequence, in which linear and quadratic drift cancel. */
final class RunOrder {

  private static final int PERIOD = 8;

  private RunOrder() {}

  /** Whether the base runs first in the pair of that index, from 0: BC CB CB BC CB BC BC CB, repeated. */
  static boolean baseFirst(int pair) {
    return Integer.bitCount(pair % PERIOD) % 2 == 0;
  }
}
