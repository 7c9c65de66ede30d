package io.pipelab.local.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {
  @ParameterizedTest
  @CsvSource({
    "256,512,256,512",
    ".25 vCPU,0.5 GB,256,512",
    "0.25 vcpu,1GB,256,1024",
    "1 vCPU,8 GB,1024,8192",
    "4096,30720,4096,30720",
    "8192,20480,8192,20480",
    "16384,122880,16384,122880"
  })
  void readsWhatFargateHas(String cpu, String memory, int units, int mebibytes) {
    assertEquals(new FargateSize(units, mebibytes), FargateSize.of(cpu, memory));
  }

  @ParameterizedTest
  @CsvSource({"256,4096", "512,512", "1024,2049", "8192,16385", "300,512", "16384,61440.5"})
  void refusesWhatFargateHasNot(String cpu, String memory) {
    AwsError e = assertThrows(AwsError.class, () -> FargateSize.of(cpu, memory));
    assertTrue(e.getMessage().startsWith("No Fargate configuration exists"), e.getMessage());
  }

  @Test
  void bothMustBeThere() {
    assertEquals(
        "Fargate requires that 'memory' be defined at the task level.",
        assertThrows(AwsError.class, () -> FargateSize.of("256", null)).getMessage());
    assertEquals(
        "Invalid 'cpu' setting for task: some",
        assertThrows(AwsError.class, () -> FargateSize.of("some", "512")).getMessage());
  }

  @Test
  void aProgramSeesWholeProcessors() {
    assertEquals(1, FargateSize.of("256", "512").processors());
    assertEquals(2, FargateSize.of("2048", "4096").processors());
  }
}
