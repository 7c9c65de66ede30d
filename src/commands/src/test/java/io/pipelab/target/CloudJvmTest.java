package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudJvmTest {
  @Test
  void theCloudSeesNothingOfTheShellThatItDoesNotNeed() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PATH", "/usr/bin",
                "HOME", "/home/me",
                "LC_ALL", "C.UTF-8",
                "TMPDIR", "/tmp/me",
                "AWS_SECRET_ACCESS_KEY", "s",
                "GITHUB_TOKEN", "s",
                "SSH_AUTH_SOCK", "s",
                "JAVA_TOOL_OPTIONS", "-Dpassword=s",
                "https_proxy", "http://me:s@proxy",
                "PIPELAB_TARGET", "local"));
    new CloudJvm().clean(environment);
    assertEquals(
        Set.of("PATH", "HOME", "LC_ALL", "TMPDIR", "MALLOC_ARENA_MAX"), environment.keySet());
    assertEquals("2", environment.get("MALLOC_ARENA_MAX"));
  }
}
