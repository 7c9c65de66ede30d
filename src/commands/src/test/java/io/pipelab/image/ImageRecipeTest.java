package io.pipelab.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.target.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRecipeTest {
  @TempDir private Path directory;

  @Test
  void theTagIsOfTheContentAlone() throws Exception {
    Path jar = Files.writeString(directory.resolve("app.jar"), "one");
    String tag = new ImageRecipe(List.of(jar), "Main", "").tag();
    assertTrue(tag.matches("pipelab-[0-9a-f]{20}"), tag);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertEquals(tag, new ImageRecipe(List.of(jar), "Main", "").tag());
    assertNotEquals(tag, new ImageRecipe(List.of(jar), "Other", "").tag());
    assertNotEquals(tag, new ImageRecipe(List.of(jar), "Main", ImageRecipe.CORRETTO).tag());
    Files.writeString(jar, "two");
    assertNotEquals(tag, new ImageRecipe(List.of(jar), "Main", "").tag());
  }

  @Test
  void aFunctionsCodeIsWhereLambdaHasIt() throws Exception {
    Path jar = Files.writeString(directory.resolve("app.jar"), "one");
    ImageRecipe task = new ImageRecipe(List.of(jar), "Main", "");
    ImageRecipe function = new ImageRecipe(List.of(jar), "Main", "", ImageRecipe.Place.FUNCTION);
    assertEquals(List.of("-cp", "/app/*", "Main"), task.entryPoint().subList(4, 7));
    assertEquals(List.of("-cp", "/var/task/*", "Main"), function.entryPoint().subList(4, 7));
    assertNotEquals(task.tag(), function.tag());
  }

  @Test
  void aMissingJarIsTheUsersToBuild() {
    ImageRecipe recipe = new ImageRecipe(List.of(directory.resolve("none.jar")), "Main", "");
    Failure failure = assertThrows(Failure.class, recipe::tag);
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertEquals("build it: mvn package", failure.next());
  }
}
