package dev.plasmite.git;

import dev.plasmite.gate.SecretNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The machine's own {@code ssh}, with the maintainer's keys, agent and known hosts. It never asks for a password: a key that the agent does not hold is a failure.
 */
final class SystemSsh extends SshSessionFactory {

  private final String program;

  private SystemSsh(String program) {
    this.program = program;
  }

  /** The program that GIT_SSH names, else {@code ssh}. */
  static SystemSsh ofThisMachine() {
    String named = SystemReader.getInstance().getenv("GIT_SSH");
    return of(named == null || named.isEmpty() ? "ssh" : named);
  }

  /** A program that takes ssh's arguments. */
  static SystemSsh of(String program) {
    return new SystemSsh(program);
  }

  @Override
  public RemoteSession getSession(URIish uri, CredentialsProvider credentials, FS fs, int timeoutMillis) {
    return new Session(uri);
  }

  @Override
  public String getType() {
    return "system";
  }

  private final class Session implements RemoteSession {

    private final URIish uri;
    private final List<Process> started = new ArrayList<>();

    Session(URIish uri) {
      this.uri = uri;
    }

    @Override
    public Process exec(String command, int timeoutSeconds) throws IOException {
      List<String> argv = new ArrayList<>(List.of(program, "-oBatchMode=yes"));
      if (timeoutSeconds > 0) {
        argv.add("-oConnectTimeout=" + timeoutSeconds);
      }
      if (uri.getPort() > 0) {
        argv.addAll(List.of("-p", Integer.toString(uri.getPort())));
      }
      // After "--" a host that begins with a dash is a host.
      argv.addAll(List.of("--", uri.getUser() == null ? uri.getHost() : uri.getUser() + "@" + uri.getHost(), command));
      ProcessBuilder builder = new ProcessBuilder(argv);
      // ssh has its own keys: the credentials of other services are none of its business, nor of a program it starts.
      builder.environment().keySet().removeIf(SecretNames::matches);
      Process process = builder.start();
      started.add(process);
      return process;
    }

    @Override
    public void disconnect() {
      started.forEach(Process::destroy);
    }
  }
}
