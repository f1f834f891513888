package dev.plasmite.demo;

import dev.plasmite.gate.OutsideFailure;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * The Maven of an installation, as a process of its own, with the user's settings and this process's Java.
 *
 * @param home the installation
 * @param localRepository the local repository, which holds the plugin
 * @param out where its lines go
 */
record InvokedMaven(Path home, Path localRepository, PrintStream out) implements Maven {

  @Override
  public int run(Path directory, List<String> args) {
    InvocationRequest request = new DefaultInvocationRequest();
    request.setBaseDirectory(directory.toFile());
    request.setMavenHome(home.toFile());
    request.setLocalRepositoryDirectory(localRepository.toFile());
    request.setJavaHome(new File(System.getProperty("java.home")));
    request.setBatchMode(true);
    request.addArgs(args);
    request.setOutputHandler(out::println);
    request.setErrorHandler(out::println);
    try {
      InvocationResult result = new DefaultInvoker().execute(request);
      if (result.getExecutionException() != null) {
        throw new OutsideFailure("Maven did not run to its end in " + directory, result.getExecutionException());
      }
      return result.getExitCode();
    } catch (MavenInvocationException e) {
      throw new OutsideFailure("cannot start the Maven of " + home, e);
    }
  }
}
