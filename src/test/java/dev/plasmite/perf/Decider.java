package dev.plasmite.perf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/**
 * The gate's decision as a stream: recorded samples in, one JSON document a line; the decision out, one a line. This is
 * the protocol in which an outside scorer measures the gate's error rates on simulated and recorded noise.
 */
public final class Decider {

  private Decider() {}

  public static void main(String[] args) throws IOException {
    RecordingFile file = new RecordingFile();
    PairGate gate = new PairGate(Criteria.published());
    ObjectMapper mapper = StrictJson.mapper();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Judgement judgement;
      try {
        Recording recording = file.read(line, "standard input");
        judgement = gate.judge(recording.paired(), recording.last());
      } catch (Refusal e) {
        judgement = Judgement.without(Judgement.Outcome.INCONCLUSIVE, e.getMessage(), 0);
      }
      ObjectNode answer = mapper.createObjectNode();
      answer.put("decision", judgement.outcome().name().toLowerCase(java.util.Locale.ROOT));
      judgement.open().forEach(answer.withArray("scenarios")::add);
      out.write(mapper.writeValueAsString(answer));
      out.newLine();
      out.flush();
    }
  }
}
