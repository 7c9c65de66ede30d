package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.template.EmbeddedActions.Action;
import io.pipelab.lab.template.EmbeddedService;
import io.pipelab.lab.template.EmbeddedTypes.Type;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ActionsPageTest {
  private static final EmbeddedService SERVICE =
      new EmbeddedService(
          "things",
          List.of(
              new Action("CreateThing", List.of("Name", "Code{A B}"), List.of("T"), List.of()),
              new Action("ListThings", List.of(), List.of(), List.of("DryRun=false"))),
          Map.of("AWS::Things::Thing", new Type(Set.of("Name"), Set.of("Name"), Set.of("Arn"))));

  private static String printed(Consumer<PrintStream> page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    page.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesOfActionsAndTypes() {
    assertEquals(
        """
        things
          CreateThing ListThings
          AWS::Things::Thing
        """,
        printed(out -> ActionsPage.names(List.of(SERVICE), out)));
  }

  @Test
  void membersAndProperties() {
    assertEquals(
        """
        CreateThing
          Name Code{A B}
          harmless: T
        ListThings
          default only: DryRun=false
        AWS::Things::Thing
          Name
          Fn::GetAtt: Arn
        """,
        printed(out -> ActionsPage.members(SERVICE, out)));
  }

  @Test
  void theSameAsADocument() {
    String json = printed(out -> ActionsPage.json(List.of(SERVICE), out)).replaceAll("\\s+", " ");
    assertTrue(json.contains("\"schema\" : \"pipelab.local.actions/1\""), json);
    assertTrue(json.contains("\"action\" : \"CreateThing\", \"honours\" : [ \"Name\", "), json);
    assertTrue(json.contains("\"default\" : [ \"DryRun=false\" ]"), json);
    assertTrue(json.contains("\"type\" : \"AWS::Things::Thing\""), json);
    assertTrue(json.contains("\"attributes\" : [ \"Arn\" ]"), json);
  }
}
