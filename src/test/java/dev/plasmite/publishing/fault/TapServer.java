package dev.plasmite.publishing.fault;

import dev.plasmite.sandbox.loopback.Faults;
import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;

/** A tap over git's smart HTTP protocol ("gitprotocol-http"), with faults: a push can go wrong on the way. */
final class TapServer implements AutoCloseable {

  private static final String FORMULA = "Formula/lamp.rb";

  private final Path bare;
  private final LoopbackServer server;

  private TapServer(Path bare, Faults faults) {
    this.bare = bare;
    this.server = LoopbackServer.start("tap", new Service(), faults);
  }

  /** Serves the bare repository at a path, made with the old formula when it is not there. */
  static TapServer open(Path bare, Faults faults) throws IOException {
    if (!Files.exists(bare)) {
      try {
        Git.init().setBare(true).setInitialBranch("main").setDirectory(bare.toFile()).call().close();
        push(bare, bare.resolveSibling("tap-first"), Product.formula(), "lamp " + Product.OLD);
      } catch (GitAPIException e) {
        throw new IOException(e);
      }
    }
    return new TapServer(bare, faults);
  }

  /** Somebody else pushes a formula, past the server. */
  static void push(Path bare, Path clone, String formula, String message) throws IOException {
    try (Git git = Git.cloneRepository().setURI(bare.toUri().toString()).setDirectory(clone.toFile()).call()) {
      Path file = clone.resolve(FORMULA);
      Files.createDirectories(file.getParent());
      Files.writeString(file, formula);
      git.add().addFilepattern(FORMULA).call();
      git.commit().setMessage(message).setAuthor("M", "m@example.org").setCommitter("M", "m@example.org").setSign(false).call();
      git.push().setRemote("origin").add("HEAD:refs/heads/main").call();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }

  URI uri() {
    return URI.create(server.base() + "/tap.git");
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Service implements LoopbackServer.Service {

    @Override
    public Reply answer(Request request) throws IOException {
      String path = String.join("/", request.path());
      try (Repository repository = RepositoryCache.FileKey.exact(bare.toFile(), FS.DETECTED).open(true)) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        if (path.equals("tap.git/info/refs")) {
          String service = request.query("service").orElse("");
          PacketLineOut lines = new PacketLineOut(out);
          lines.writeString("# service=" + service + "\n");
          lines.end();
          if (service.equals("git-receive-pack")) {
            new ReceivePack(repository).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
          } else {
            UploadPack pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
          }
          return Reply.bytes(200, "application/x-" + service + "-advertisement", out.toByteArray());
        }
        InputStream in = new ByteArrayInputStream(request.smallBody(1 << 20));
        if (request.header("Content-Encoding").orElse("").equals("gzip")) {
          in = new GZIPInputStream(in);
        }
        if (path.equals("tap.git/git-upload-pack")) {
          UploadPack pack = new UploadPack(repository);
          pack.setBiDirectionalPipe(false);
          pack.upload(in, out, OutputStream.nullOutputStream());
          return Reply.bytes(200, "application/x-git-upload-pack-result", out.toByteArray());
        }
        if (path.equals("tap.git/git-receive-pack")) {
          ReceivePack pack = new ReceivePack(repository);
          pack.setBiDirectionalPipe(false);
          pack.receive(in, out, OutputStream.nullOutputStream());
          return Reply.bytes(200, "application/x-git-receive-pack-result", out.toByteArray());
        }
      }
      throw new Rejection(404, "Not Found");
    }

    @Override
    public Reply refusal(int status, String reason) {
      return Reply.text(status, "text/plain", reason);
    }
  }

  /** The formula and how many commits there are. */
  Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Git git = Git.open(bare.toFile())) {
      int commits = 0;
      for (var commit : git.log().all().call()) {
        commits += commit.getFullMessage().isEmpty() ? 0 : 1;
      }
      state.put("tap commits", String.valueOf(commits));
      var tree = git.getRepository().resolve("main^{tree}");
      try (var walk = org.eclipse.jgit.treewalk.TreeWalk.forPath(git.getRepository(), FORMULA, tree)) {
        state.put("tap formula", new String(git.getRepository().open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
      }
      return state;
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }
}
