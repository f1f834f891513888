package dev.plasmite.report;

import dev.plasmite.gate.ChannelReport;

/** Whether a channel has the bytes that were staged. */
enum Bytes {
  SAME,
  DIFFERENT,
  /** One of the two digests is not known, which is never taken for the same. */
  UNKNOWN;

  static Bytes compare(String staged, String seen) {
    if (staged == null || seen == null) {
      return UNKNOWN;
    }
    return staged.equals(seen) ? SAME : DIFFERENT;
  }

  static Bytes published(ChannelReport.Shipped file) {
    return compare(file.sha256(), file.publishedSha256());
  }

  static Bytes delivered(ChannelReport.Shipped file) {
    return compare(file.sha256(), file.deliveredSha256());
  }

  /** Whether a channel is known to hold or to deliver other bytes than were staged. */
  static boolean differ(ChannelReport channel) {
    return channel.artifacts().stream().anyMatch(f -> published(f) == DIFFERENT || delivered(f) == DIFFERENT);
  }
}
