package dev.plasmite.sandbox.registry;

import dev.plasmite.sandbox.loopback.LoopbackServer;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.util.Optional;

/** What a registry answers of packages that it does not hold itself. */
@FunctionalInterface
interface Others {

  /** Nothing. */
  Others NONE = request -> Optional.empty();

  /** The answer to a read that the registry itself has nothing for; nothing when these have nothing, too. */
  Optional<Reply> answer(Request request) throws IOException;

  /** A registry's service, and behind it the packages of others. */
  final class Behind implements LoopbackServer.Service {

    private final LoopbackServer.Service own;
    private volatile Others others = NONE;

    Behind(LoopbackServer.Service own) {
      this.own = own;
    }

    void passOn(Others behind) {
      others = behind;
    }

    @Override
    public Reply answer(Request request) throws IOException {
      boolean read = request.method().equals("GET") || request.method().equals("HEAD");
      try {
        return own.answer(request);
      } catch (Rejection e) {
        if (e.status() != 404 || !read) {
          throw e;
        }
        return others.answer(request).orElseThrow(() -> e);
      }
    }

    @Override
    public Reply refusal(int status, String reason) {
      return own.refusal(status, reason);
    }
  }
}
