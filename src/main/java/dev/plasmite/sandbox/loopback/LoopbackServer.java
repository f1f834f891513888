package dev.plasmite.sandbox.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small HTTP server on 127.0.0.1 and a free port, on the JDK's own {@code HttpServer}. It takes requests apart, asks
 * its {@link Service}, lets {@link Faults} happen, sends answers (also conditional ones and to HEAD) and keeps a list of
 * what it served. A service's error never shows a stack trace to a client.
 */
public final class LoopbackServer implements AutoCloseable {

  /** How many requests are remembered; older ones are forgotten. */
  private static final int REMEMBERED = 10_000;

  private static final int LAST_MOMENT_SECONDS = 10;

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  /** What a server serves. Called from several threads at once. */
  public interface Service {

    /**
     * Does what is asked and says what to answer.
     *
     * @throws Rejection to refuse
     * @throws IOException when the disk or the client's connection fails
     */
    Reply answer(Request request) throws IOException;

    /** A refusal in the service's own error shape. */
    Reply refusal(int status, String reason);
  }

  private final HttpServer http;
  private final ExecutorService threads;
  private final Service service;
  private final Faults faults;
  private final URI base;
  private final Deque<Logged> log = new ArrayDeque<>();

  private LoopbackServer(HttpServer http, ExecutorService threads, Service service, Faults faults) {
    this.http = http;
    this.threads = threads;
    this.service = service;
    this.faults = faults;
    this.base = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /**
   * Starts to serve.
   *
   * @param name for the names of its threads
   * @throws OutsideFailure when no port can be had
   */
  public static LoopbackServer start(String name, Service service, Faults faults) {
    try {
      // The JDK's server sends header and body apart, and each answer would wait 40 ms for the client's acknowledgement.
      // Its one switch against that is this property, read when its first server is made.
      if (System.getProperty(NO_DELAY) == null) {
        System.setProperty(NO_DELAY, "true");
      }
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      AtomicLong count = new AtomicLong();
      ExecutorService threads =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "plasmite-" + name + "-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      LoopbackServer server = new LoopbackServer(http, threads, service, faults);
      http.setExecutor(threads);
      http.createContext("/", server::serve);
      http.start();
      return server;
    } catch (IOException e) {
      throw new OutsideFailure("cannot listen on 127.0.0.1", e);
    }
  }

  /** Its address, without a slash at the end. */
  public URI base() {
    return base;
  }

  /** What was served so far, the oldest first; a client that has its answer finds its request here. */
  public List<Logged> requests() {
    synchronized (log) {
      return new ArrayList<>(log);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    try {
      // Whoever opens the same state next, or removes it, is not to meet a request that is still on its way out.
      threads.awaitTermination(LAST_MOMENT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange) {
    Exchange served = new Exchange(exchange);
    try (exchange) {
      served.run();
    } catch (IOException e) {
      // The client is gone; there is nobody to tell, but the log says so.
      served.failure = "the connection failed: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      served.failure = "the server stopped";
    } finally {
      served.remember();
    }
  }

  /** One request on its way. */
  private final class Exchange {
    private final HttpExchange exchange;
    private Request request;
    private int status;
    private String failure = "";
    private Logged remembered;

    Exchange(HttpExchange exchange) {
      this.exchange = exchange;
    }

    void run() throws IOException, InterruptedException {
      Fault fault = Fault.NONE;
      Reply reply;
      try {
        request = new Request(exchange, base);
        fault = faults.fate(request);
        if (fault.kind() == Fault.Kind.RESET_BEFORE) {
          pause(fault);
          return;
        }
        reply =
            fault.kind() == Fault.Kind.STATUS_BEFORE
                ? injected(fault)
                : service.answer(request);
      } catch (Rejection e) {
        reply = e.headers().entrySet().stream().reduce(
            service.refusal(e.status(), e.getMessage()), (r, h) -> r.header(h.getKey(), h.getValue()), (a, b) -> b);
      } catch (IOException | RuntimeException e) {
        // The stand-in's own fault, or a body that was cut off: the client hears it, the log keeps it.
        failure = e.toString();
        reply = service.refusal(500, "the stand-in failed: " + e.getMessage());
      }
      pause(fault);
      drain();
      if (fault.kind() == Fault.Kind.RESET_AFTER) {
        return;
      }
      send(fault.kind() == Fault.Kind.STATUS_AFTER ? injected(fault) : reply, fault.kind() == Fault.Kind.CUT_ANSWER);
    }

    private Reply injected(Fault fault) {
      Reply reply = service.refusal(fault.status(), fault.reason());
      for (Map.Entry<String, String> header : fault.headers().entrySet()) {
        reply = reply.header(header.getKey(), header.getValue());
      }
      return reply;
    }

    private void pause(Fault fault) throws InterruptedException {
      if (!fault.delay().isZero()) {
        Thread.sleep(fault.delay().toMillis());
      }
    }

    /** Reads the rest of the body: a client that still sends would else lose the answer to a reset connection. */
    private void drain() throws IOException {
      InputStream rest = exchange.getRequestBody();
      byte[] buffer = new byte[1 << 16];
      while (rest.read(buffer) >= 0) {
        continue;
      }
    }

    private void send(Reply reply, boolean cut) throws IOException {
      String tag = reply.headers().get("ETag");
      boolean same =
          reply.status() == 200 && tag != null && matches(exchange.getRequestHeaders().getFirst("If-None-Match"), tag);
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      status = same ? 304 : reply.status();
      remember();
      long size = size(reply.body());
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
      }
      if (head || same || size == 0) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, size);
      if (cut) {
        exchange.getResponseBody().write(new byte[(int) Math.min(size / 2, 1024)]);
        exchange.getResponseBody().flush();
        return;
      }
      try (OutputStream out = exchange.getResponseBody()) {
        if (reply.body() instanceof Reply.Bytes bytes) {
          out.write(bytes.bytes());
        } else if (reply.body() instanceof Reply.FileBody file) {
          Files.copy(file.file(), out);
        }
      }
    }

    private static boolean matches(String wanted, String tag) {
      if (wanted == null) {
        return false;
      }
      for (String one : wanted.split(",")) {
        String candidate = one.strip();
        if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
          return true;
        }
      }
      return false;
    }

    private static long size(Reply.Body body) throws IOException {
      return body instanceof Reply.FileBody file ? Files.size(file.file()) : ((Reply.Bytes) body).bytes().length;
    }

    /** Before the answer leaves, and again when that changed what is to be said of it. */
    void remember() {
      Logged entry = logged();
      synchronized (log) {
        if (entry.equals(remembered)) {
          return;
        }
        if (remembered != null) {
          log.remove(remembered);
        } else if (log.size() == REMEMBERED) {
          log.removeFirst();
        }
        log.addLast(entry);
        remembered = entry;
      }
    }

    private Logged logged() {
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      return new Logged(
          exchange.getRequestMethod(),
          exchange.getRequestURI().toString(),
          status,
          request == null ? 0 : request.received(),
          exchange.getRequestHeaders().containsKey("Authorization"),
          agent == null ? "" : agent,
          failure);
    }
  }
}
