package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.Metrics;
import java.util.List;
import java.util.Map;

/** The AWS/ApiGateway metrics of HTTP APIs, by ApiId, and by ApiId and Stage. */
final class ApiMetrics {
  private static final String NAMESPACE = "AWS/ApiGateway";

  private final Metrics metrics;

  ApiMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  void called(String apiId, String stage, int status, double millis, int bytes) {
    record(apiId, stage, "Count", 1, "Count");
    record(apiId, stage, "4xx", status / 100 == 4 ? 1 : 0, "Count");
    record(apiId, stage, "5xx", status / 100 == 5 ? 1 : 0, "Count");
    record(apiId, stage, "Latency", millis, "Milliseconds");
    record(apiId, stage, "DataProcessed", bytes, "Bytes");
  }

  void integrated(String apiId, String stage, double millis) {
    record(apiId, stage, "IntegrationLatency", millis, "Milliseconds");
  }

  private void record(String apiId, String stage, String metric, double value, String unit) {
    for (Map<String, String> each :
        List.of(Map.of("ApiId", apiId), Map.of("ApiId", apiId, "Stage", stage))) {
      metrics.record(NAMESPACE, metric, each, value, unit);
    }
  }
}
