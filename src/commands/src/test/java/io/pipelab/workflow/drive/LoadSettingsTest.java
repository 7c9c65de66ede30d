package io.pipelab.workflow.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
  @Test
  void theManifestsDriveSaysHowTheQueueIsLoaded() {
    assertEquals(
        new LoadSettings("url", 30, 2, 5, null),
        LoadSettings.of(with(Map.of("queue", "url", "count", "30", "poison", "2", "rate", "5"))));
    assertEquals(
        new LoadSettings("${outputs.QueueUrl}", 500, 0, Double.POSITIVE_INFINITY, null),
        LoadSettings.of(with(Map.of())));
  }

  @Test
  void poisonIsAtMostTheWholeLoadAndTheRateIsPositive() {
    assertEquals(10, load(10, 10, 1).poison());
    assertEquals("poison 11 is not between 0 and the count 10", refusal(10, 11, 1));
    assertEquals("poison -1 is not between 0 and the count 10", refusal(10, -1, 1));
    assertEquals("rate 0.0 is not a positive number", refusal(10, 0, 0));
    assertEquals("rate NaN is not a positive number", refusal(10, 0, Double.NaN));
  }

  private static Settings with(Map<String, String> with) {
    return Settings.of(Path.of("lab.yaml"), new Lab.DriveSpec("load-queue", with));
  }

  private static LoadSettings load(long count, long poison, double perSecond) {
    return new LoadSettings("queue", count, poison, perSecond, null);
  }

  private static String refusal(long count, long poison, double perSecond) {
    return assertThrows(Failure.class, () -> load(count, poison, perSecond)).what();
  }
}
