package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> LABS = List.of("decoupling", "image-resize", "job-offers");

  @Test
  void oneLetterMoreLessOtherOrSwapped() {
    assertEquals(Optional.of("decoupling"), NearestName.of("decouplingg", LABS));
    assertEquals(Optional.of("decoupling"), NearestName.of("decoupln", LABS));
    assertEquals(Optional.of("image-resize"), NearestName.of("image_resize", LABS));
    assertEquals(Optional.of("job-offers"), NearestName.of("Job-Ofefrs", LABS));
  }

  @Test
  void nothingNearIsNotGuessed() {
    assertEquals(Optional.empty(), NearestName.of("kinesis", LABS));
    assertEquals(Optional.empty(), NearestName.of("x", List.of("id")));
    assertEquals("; there is decoupling, image-resize, job-offers", NearestName.hint("x", LABS));
  }

  @Test
  void distances() {
    assertEquals(0, NearestName.distance("queue", "queue"));
    assertEquals(1, NearestName.distance("queue", "quueu".substring(0, 4) + "e"));
    assertEquals(1, NearestName.distance("queue", "qeuue"));
    assertEquals(5, NearestName.distance("", "queue"));
  }
}
