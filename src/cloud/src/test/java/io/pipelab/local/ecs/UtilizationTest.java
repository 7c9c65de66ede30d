package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;

class UtilizationTest {
  @Test
  void reportsWhatRunningTasksUse(@TempDir Path temporary) throws Exception {
    try (TestEcs ecs = new TestEcs(temporary.toRealPath())) {
      assertEquals(Map.of(), sample(ecs));
      ecs.call(
          UpdateClusterSettingsRequest.builder()
              .cluster("demo")
              .settings(s -> s.name(ClusterSettingName.CONTAINER_INSIGHTS).value("enabled"))
              .build());
      ecs.register("wait");
      ecs.await(ecs.run(), now -> now.lastStatus().equals("RUNNING"));
      Map<String, Double> values = sample(ecs);
      assertEquals(1, values.get("ECS/ContainerInsights TaskCount"));
      assertTrue(values.containsKey("AWS/ECS CPUUtilization"), values.toString());
      assertTrue(values.containsKey("AWS/ECS MemoryUtilization"), values.toString());
    }
  }

  @Test
  void aServicesTasksCountForItToo(@TempDir Path temporary) throws Exception {
    try (TestEcs ecs = new TestEcs(temporary.toRealPath())) {
      ecs.register("wait");
      ecs.await(ecs.run(), now -> now.lastStatus().equals("RUNNING"));
      RunTaskResponse response =
          ecs.call(TestEcs.runTask().group("service:web").cluster("demo").build());
      ecs.await(response.tasks().get(0), now -> now.lastStatus().equals("RUNNING"));
      Set<Map<String, String>> dimensions = new HashSet<>();
      ecs.ecs.metricSource().sample((namespace, metric, of, value, unit) -> dimensions.add(of));
      assertEquals(
          Set.of(
              Map.of("ClusterName", "demo"), Map.of("ClusterName", "demo", "ServiceName", "web")),
          dimensions);
    }
  }

  private static Map<String, Double> sample(TestEcs ecs) {
    Map<String, Double> values = new TreeMap<>();
    ecs.ecs
        .metricSource()
        .sample(
            (namespace, metric, dimensions, value, unit) -> {
              assertEquals(Map.of("ClusterName", "demo"), dimensions);
              values.put(namespace + " " + metric, value);
            });
    return values;
  }
}
