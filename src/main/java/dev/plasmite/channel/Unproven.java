package dev.plasmite.channel;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;

/**
 * What a channel gives no way to find out before something is sent, such as what a token may do. It is always said. By the
 * channel's setting {@code unproven} it stops the train ({@code refuse}) or does not ({@code allow}, the default: some
 * channels answer certain questions to nobody). A question that could have been answered and was not is no such case: that
 * is unknown, and blocks.
 */
final class Unproven {

  /** The name of the setting. */
  static final String SETTING = "unproven";

  private Unproven() {}

  /**
   * The finding.
   *
   * @param what what is not proven, a sentence without a full stop
   * @param remedy how to make sure of it by hand
   */
  static Finding of(ChannelPlan plan, String what, String remedy) {
    String text = "unproven: " + what;
    return (plan.settings().getOrDefault(SETTING, "allow").equals("allow") ? Finding.warning(text) : Finding.unknown(text)).remedy(remedy);
  }
}
