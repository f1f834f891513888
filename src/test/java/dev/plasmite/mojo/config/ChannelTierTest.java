package dev.plasmite.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
  void aCommandThatNeedsAShellIsToldBeforeAnythingRuns() {
    ChannelParameters channel = new ChannelParameters();
    channel.name = "npm";
    channel.smoke = "beacon --version | grep 1";
    StagingParameters staging = new StagingParameters();
    staging.commands = List.of("MODE=release make all > build.log", "sh -c 'make all > build.log'", "find . -name '*.o' -exec strip {} ';'", "make CFLAGS=-O2 'a & b'");
    Configuration configuration = new Configuration();
    configuration.channels(List.of(channel));
    configuration.staging(staging);
    Refusal refusal = catchThrowableOfType(Refusal.class, configuration::throwIfWrong);
    assertThat(refusal.findings())
        .extracting(finding -> finding.place() + "  " + finding.what())
        .containsExactly(
            "<configuration><channels><channel><smoke>  'beacon --version | grep 1' is run without a shell, and has | in it",
            "<configuration><staging><commands><command>  'MODE=release make all > build.log' is run without a shell, and has > in it",
            "<configuration><staging><commands><command>  'MODE=release make all > build.log' begins with a variable, and is run without a shell");
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
