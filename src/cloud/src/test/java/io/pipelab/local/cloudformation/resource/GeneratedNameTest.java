package io.pipelab.local.cloudformation.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedNameTest {
  @ParameterizedTest
  @CsvSource({
    "lab, Queue, 80, lab-Queue-suffix",
    "a-stack-with-quite-a-long-name, Bucket, 30, a-stack-with-qui-Bucket-suffix",
    "a-stack-with-quite-a-long-name, TheBucketOfAllUploads, 30, a-stack-wit-TheBucketOf-suffix",
    "lab, TheBucketOfAllTheManyUploads, 30, lab-TheBucketOfAllTheMa-suffix"
  })
  void aLongStackNameLeavesRoomForTheLogicalId(
      String stack, String logicalId, int longest, String name) {
    ResourceRequest request =
        new ResourceRequest(
            "id", stack, logicalId, JsonNodeFactory.instance.objectNode(), Map.of(), "suffix");
    assertEquals(name, request.generatedName(longest));
  }
}
