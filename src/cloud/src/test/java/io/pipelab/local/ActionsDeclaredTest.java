package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.wire.DeclaredActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each action of each service declares what it honours, in members that its model has, and a
 * request that sets another one is refused by that member's name.
 */
class ActionsDeclaredTest {
  @TempDir Path folder;

  @Test
  void everyActionDeclaresItsMembers() throws Exception {
    List<String> mistakes = new ArrayList<>();
    int members = 0;
    try (CloudInProcess cloud = CloudInProcess.start(folder)) {
      for (AwsService service : cloud.services()) {
        DeclaredActions.Findings findings = DeclaredActions.of(service);
        mistakes.addAll(findings.mistakes());
        members += findings.members();
      }
    }
    assertTrue(members > 1000, members + " members");
    assertEquals(List.of(), mistakes, () -> "\n" + String.join("\n", mistakes));
  }
}
