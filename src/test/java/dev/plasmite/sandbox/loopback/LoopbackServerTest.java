package dev.plasmite.sandbox.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1800)
class LoopbackServerTest {

  private final AtomicInteger effects = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws Exception {
    try (LoopbackServer server = start(Faults.NONE)) {
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(address, server.base().getPort()).close())
                .as(address.toString()).isInstanceOf(IOException.class);
          }
        }
      }
      assertThat(get(server).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFaultBeforeTheEffectLeavesNothingDone() throws Exception {
    try (LoopbackServer server = start(request -> Fault.before(503).with("Retry-After", "1"))) {
      HttpResponse<String> response = put(server);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(effects).hasValue(0);
    }
  }

  @Test
  void aFaultAfterTheEffectHidesWhatWasDone() throws Exception {
    try (LoopbackServer server = start(request -> Fault.after(500))) {
      assertThat(put(server).statusCode()).isEqualTo(500);
      assertThat(effects).hasValue(1);
    }
  }

  @Test
  void aConnectionIsDroppedBeforeAfterAndInTheMiddleOfTheAnswer() {
    for (Fault.Kind kind : new Fault.Kind[] {Fault.Kind.RESET_BEFORE, Fault.Kind.RESET_AFTER, Fault.Kind.CUT_ANSWER}) {
      effects.set(0);
      try (LoopbackServer server = start(request -> Fault.of(kind))) {
        assertThatThrownBy(() -> put(server)).as(kind.name()).isInstanceOf(IOException.class);
        assertThat(effects).hasValue(kind == Fault.Kind.RESET_BEFORE ? 0 : 1);
      }
    }
  }

  @Test
  void aSlowAnswerComesLate() throws Exception {
    try (LoopbackServer server = start(request -> Fault.slow(Duration.ofMillis(300)))) {
      long from = System.nanoTime();
      assertThat(get(server).statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void headHasTheHeadersAndNoBodyAndAKnownTagGives304() throws Exception {
    try (LoopbackServer server = start(Faults.NONE)) {
      HttpResponse<String> head =
          client.send(
              HttpRequest.newBuilder(server.base()).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(head.headers().firstValue("Content-Length")).hasValue("5");
      assertThat(head.body()).isEmpty();
      HttpResponse<String> same =
          client.send(
              HttpRequest.newBuilder(server.base()).header("If-None-Match", "W/\"x\", \"tag\"").build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(same.statusCode()).isEqualTo(304);
    }
  }

  @Test
  void anErrorInsideIsA500WithoutAStackTraceAndIsRemembered() throws Exception {
    LoopbackServer.Service broken = service(request -> {
      throw new IllegalStateException("broken");
    });
    try (LoopbackServer server = LoopbackServer.start("test", broken, Faults.NONE)) {
      HttpResponse<String> response = get(server);
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("\tat ").doesNotContain("java.");
      assertThat(server.requests()).anyMatch(logged -> logged.failure().contains("broken"));
    }
  }

  @Test
  void aBodyThatIsCutOffIsNoBody() throws Exception {
    try (LoopbackServer server = start(Faults.NONE);
        Socket socket = new Socket("127.0.0.1", server.base().getPort())) {
      socket.getOutputStream().write(
          "PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nonly this".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      try (InputStream in = socket.getInputStream()) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).doesNotContain("200");
      }
      assertThat(effects).hasValue(0);
    }
  }

  @Test
  void manyRequestsOnOneConnectionDoNotWaitForEachOther() throws Exception {
    try (LoopbackServer server = start(Faults.NONE)) {
      get(server);
      long best = Long.MAX_VALUE;
      // The usual delay of small packets would cost each of them 40 ms; a busy machine does not cost all of them that.
      for (int i = 0; i < 50 || i < 1000 && best >= 35_000_000; i++) {
        long from = System.nanoTime();
        assertThat(get(server).statusCode()).as("request " + i).isEqualTo(200);
        best = Math.min(best, System.nanoTime() - from);
      }
      assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(35));
    }
  }

  private LoopbackServer start(Faults faults) {
    return LoopbackServer.start("test", service(request -> {
      if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
        request.body().readAllBytes();
        effects.incrementAndGet();
      }
      return Reply.text(200, "text/plain", "hello").tagged("tag");
    }), faults);
  }

  private interface Answer {
    Reply to(Request request) throws IOException;
  }

  private static LoopbackServer.Service service(Answer answer) {
    return new LoopbackServer.Service() {
      @Override
      public Reply answer(Request request) throws IOException {
        return answer.to(request);
      }

      @Override
      public Reply refusal(int status, String reason) {
        return Reply.text(status, "text/plain", reason);
      }
    };
  }

  private HttpResponse<String> get(LoopbackServer server) throws Exception {
    return client.send(HttpRequest.newBuilder(server.base()).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> put(LoopbackServer server) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.base() + "/x")).PUT(HttpRequest.BodyPublishers.ofString("body")).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
