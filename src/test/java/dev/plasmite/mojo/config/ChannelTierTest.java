package dev.plasmite.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelTierTest {

  @Test
  void theTierOfficialIsClaimedWithASmokeTestOnly() {
    ChannelParameters channel = new ChannelParameters();
    channel.name = "npm";
    for (String smoke : new String[] {null, " "}) {
      channel.smoke = smoke;
      for (String tier : new String[] {null, "official"}) {
        channel.tier = tier;
        Configuration configuration = new Configuration();
        configuration.channels(List.of(channel));
        assertThatThrownBy(configuration::throwIfWrong)
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("<channels><channel><smoke>")
            .hasMessageContaining("channel npm claims the tier official and has no smoke test")
            .hasMessageContaining("<tier>preview</tier>");
      }
      channel.tier = "preview";
      assertThat(read(channel).tier()).isEqualTo("preview");
    }
    channel.tier = null;
    channel.smoke = "beacon --version";
    assertThat(read(channel).tier()).isEqualTo("official");
  }

  @Test
  void aCommandThatCannotBeReadIsToldBeforeAnythingRuns() {
    ChannelParameters channel = new ChannelParameters();
    channel.name = "npm";
    channel.smoke = "beacon \"--version";
    Configuration configuration = new Configuration();
    configuration.channels(List.of(channel));
    assertThatThrownBy(configuration::throwIfWrong).hasMessageContaining("<channels><channel><smoke>").hasMessageContaining("close the quote");
  }

  @Test
  void howLongAChannelIsWaitedForIsANumberOfSeconds() {
    ChannelParameters channel = new ChannelParameters();
    channel.name = "npm";
    channel.smoke = "beacon --version";
    channel.wait = 30;
    assertThat(read(channel).settings()).containsEntry("wait", "30");
    channel.wait = -1;
    Configuration configuration = new Configuration();
    configuration.channels(List.of(channel));
    assertThatThrownBy(configuration::throwIfWrong).hasMessageContaining("-1 is out of range");
  }

  private static ChannelPlan read(ChannelParameters channel) {
    Configuration configuration = new Configuration();
    ChannelPlan plan = configuration.channels(List.of(channel)).get(0);
    configuration.throwIfWrong();
    return plan;
  }
}
