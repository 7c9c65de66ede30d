package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.lab.template.EmbeddedActions;
import io.pipelab.lab.template.EmbeddedActions.Action;
import io.pipelab.lab.template.EmbeddedService;
import io.pipelab.lab.template.EmbeddedTypes.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/IMPLEMENTED.md says what the services declare. Run with {@code -Dgolden.update=true} to
 * write it anew after an action, a member or a type has been added.
 */
class ImplementedPageTest {
  private static final Path PAGE = Path.of("docs/IMPLEMENTED.md");

  private static final String HEAD =
      """
      # What the embedded cloud implements

      Written by `ImplementedPageTest` from what the services declare; `pipelab local actions SERVICE` prints it, too. An action, a member of a
      request, a type or a property that is not here is refused by its name. Braces hold the members of a structure that are honoured; *harmless* are
      members that change nothing that a caller could see; *default only* are those that may be sent with the value that AWS takes without them.
      Where an action or a type does otherwise than on AWS, `DEVIATIONS.md` says so.
      """;

  @TempDir Path folder;

  @Test
  void thePageSaysWhatIsDeclared() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (EmbeddedService service : EmbeddedService.all()) {
      page.append("\n## ").append(service.name()).append("\n\n");
      service.actions().forEach(action -> page.append(line(action)));
      service.types().forEach((name, type) -> page.append(line(name, type)));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page.toString(),
        Files.readString(PAGE),
        PAGE + " is out of date; -Dgolden.update=true writes it");
  }

  @Test
  void everyServiceIsListed() throws IOException {
    DataFolder data = DataFolder.create(folder);
    try (data;
        LocalCloud cloud = LocalCloud.start(CloudInProcess.settings(folder), data.path())) {
      List<String> services =
          cloud.services().stream()
              .map(service -> service.getClass().getPackageName())
              .map(name -> name.substring(name.lastIndexOf('.') + 1))
              .sorted()
              .toList();
      assertEquals(services, EmbeddedActions.SERVICES);
    }
  }

  private static String line(Action action) {
    return "- **"
        + action.name()
        + "**"
        + words("", action.honours())
        + words("; *harmless*", action.harmless())
        + words("; *default only*", action.defaults())
        + "\n";
  }

  private static String line(String name, Type type) {
    return "- **"
        + name
        + "**"
        + words("", type.properties())
        + words("; *Fn::GetAtt*", type.attributes())
        + "\n";
  }

  private static String words(String what, Collection<String> words) {
    return words.isEmpty() ? "" : what + " `" + String.join("` `", words) + "`";
  }
}
