package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
  @Test
  void labelsAreDecodedSegments() {
    PathTemplate template = new PathTemplate("/2015-03-31/functions/{FunctionName}/policy");
    assertEquals(
        Map.of("FunctionName", "arn:aws:lambda:x+y"),
        template.match("/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax+y/policy", null));
    assertNull(template.match("/2015-03-31/functions/f", null));
    assertNull(template.match("/2015-03-31/functions/f/policy/more", null));
  }

  @Test
  void greedyLabelsTakeTheRest() {
    PathTemplate template = new PathTemplate("/tags/{Resource+}");
    assertEquals(Map.of("Resource", "a/b c"), template.match("/tags/a/b%20c", null));
    assertNull(template.match("/tags", null));
  }

  @Test
  void queryLiteralsMustBeThere() {
    PathTemplate template = new PathTemplate("/things?list&kind=2");
    assertEquals(Map.of(), template.match("/things/", "kind=2&list&more=1"));
    assertNull(template.match("/things", "kind=3&list"));
  }
}
