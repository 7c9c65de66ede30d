package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every check of every lab in the repository is of a type that there is, with its settings. */
class BundledChecksTest {
  @Test
  void everyCheckIsKnown() {
    for (Lab lab : LabCatalog.in(Path.of("templates")).labs()) {
      assertDoesNotThrow(() -> CheckTypes.validate(lab), lab.id());
    }
  }
}
