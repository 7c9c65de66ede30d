package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.wire.Strange;
import io.pipelab.local.wire.StrangeCalls;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a caller sends to an action, the mistake is his, and the answer is of AWS's shape. */
class StrangeCallsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Strange.class)
  void noActionFailsOverThem(Strange values) throws Exception {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    try (CloudInProcess cloud = CloudInProcess.start(folder)) {
      HttpClient http = HttpClient.newHttpClient();
      for (AwsService service : cloud.services()) {
        for (StrangeCalls.Call call : new StrangeCalls(cloud.endpoint(), values).of(service)) {
          HttpResponse<String> answer = http.send(call.request(), BodyHandlers.ofString());
          count++;
          if (failed(answer)) {
            wrong.add(call.action() + " " + answer.statusCode() + " " + answer.body());
          }
        }
      }
    }
    assertTrue(count > 100, count + " calls");
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
  }

  /** 501 is what the embedded cloud does not implement, by name. */
  private static boolean failed(HttpResponse<String> answer) {
    boolean html = answer.body().toLowerCase(Locale.ROOT).contains("<html");
    return html || (answer.statusCode() >= 500 && answer.statusCode() != 501);
  }
}
