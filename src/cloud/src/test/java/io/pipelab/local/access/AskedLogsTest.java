package io.pipelab.local.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.LogSink;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskedLogsTest {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1"));
  private static final String STREAM =
      "arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s";

  private final Set<String> allowed = new HashSet<>();
  private final Set<String> groups = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final LogSink sink =
      new LogSink() {
        @Override
        public void ensureGroup(String group) {
          groups.add(group);
        }

        @Override
        public void append(String group, String stream, List<String> some) {
          lines.addAll(some);
        }
      };
  private final AccessControl access =
      (use, request) ->
          allowed.contains(use.action() + " " + use.resource())
              ? Optional.empty()
              : Optional.of(new AccessControl.Refusal("id", use, "because it is a test"));
  private final LogSink asked = new AskedLogs(sink, groups::contains, access, CLOUD);
  private final LogSink written =
      asked.writtenBy(Caller.RoleSession.of(CLOUD, "arn:aws:iam::0:role/p/r", "f"));

  @Test
  void aStreamIsCreatedByWhoMayAndWrittenByWhoMay() {
    AwsError refusal =
        assertThrows(AwsError.class, () -> written.append("g", "s", List.of("lost")));
    assertEquals("AccessDeniedException", refusal.code());
    assertEquals(
        "User: arn:aws:sts::000000000000:assumed-role/r/f is not authorized to perform:"
            + " logs:CreateLogStream on resource: "
            + STREAM
            + " because it is a test",
        refusal.getMessage());
    allowed.add("logs:CreateLogStream " + STREAM);
    assertThrows(AwsError.class, () -> written.append("g", "s", List.of("lost")));
    allowed.add("logs:PutLogEvents " + STREAM);
    written.append("g", "s", List.of("kept"));
    allowed.remove("logs:CreateLogStream " + STREAM);
    written.append("g", "s", List.of("the stream is there"));
    assertEquals(List.of("kept", "the stream is there"), lines);
  }

  @Test
  void onlyAGroupThatIsMissingIsCreated() {
    assertThrows(AwsError.class, () -> written.ensureGroup("g"));
    groups.add("g");
    written.ensureGroup("g");
    allowed.add("logs:CreateLogGroup arn:aws:logs:us-east-1:000000000000:log-group:h:log-stream:");
    written.ensureGroup("h");
    assertEquals(Set.of("g", "h"), groups);
  }

  @Test
  void servicesAsThemselvesAreNotAsked() {
    asked.ensureGroup("g");
    asked.append("g", "s", List.of("line"));
    assertEquals(List.of("line"), lines);
  }
}
