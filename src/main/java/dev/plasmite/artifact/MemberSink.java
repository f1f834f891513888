package dev.plasmite.artifact;

import java.io.IOException;
import java.io.InputStream;

/** Takes the members of an archive as they stream by. */
@FunctionalInterface
interface MemberSink {

  /** Takes one member that met the rules so far. The content is that of a file; it need not be read. */
  void member(ArchiveMember member, InputStream content) throws IOException;
}
