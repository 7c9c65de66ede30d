package io.pipelab.local.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ContainerImages.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedImagesTest {
  @Test
  void tasksShareAnImageAndTheLatestStay(@TempDir Path directory) throws Exception {
    Path layer = new TestLayer().file("a", "a").write(directory.resolve("layer"));
    try (UnpackedImages images =
        new UnpackedImages((uri, service) -> image(uri, layer), directory.resolve("images"))) {
      List<Path> folders = new ArrayList<>();
      for (String digest : List.of("1", "2", "3", "4")) {
        try (UnpackedImages.Lease one = images.pull(digest);
            UnpackedImages.Lease two = images.pull(digest)) {
          assertEquals(one.folder(), two.folder());
          assertEquals("a", Files.readString(one.folder().resolve("a")));
          folders.add(one.folder());
        }
      }
      assertFalse(Files.exists(folders.get(0)));
      assertTrue(Files.exists(folders.get(3)));
    }
    assertEquals(0, directory.resolve("images").toFile().list().length);
  }

  @Test
  void aBrokenLayerIsNamedAndTriedAgain(@TempDir Path directory) throws Exception {
    Path layer = directory.resolve("layer");
    byte[] whole = Files.readAllBytes(new TestLayer().file("a", noise()).write(layer));
    Files.write(layer, Arrays.copyOf(whole, whole.length / 2));
    try (UnpackedImages images =
        new UnpackedImages((uri, service) -> image("1", layer), directory.resolve("images"))) {
      ImageFailure e = assertThrows(ImageFailure.class, () -> images.pull("app"));
      assertEquals(ImageFailure.Kind.BROKEN, e.kind());
      assertEquals(0, directory.resolve("images").toFile().list().length);
      new TestLayer().file("a", "a").write(layer);
      images.pull("app").close();
    }
  }

  @Test
  void anImageThatIsNotThereIsNamed(@TempDir Path directory) {
    try (UnpackedImages images =
        new UnpackedImages(
            (uri, service) -> {
              throw AwsError.badRequest("ImageNotFoundException", "no such image");
            },
            directory)) {
      ImageFailure e = assertThrows(ImageFailure.class, () -> images.pull("app:v1"));
      assertEquals(ImageFailure.Kind.ABSENT, e.kind());
      assertEquals("no such image", e.getMessage());
    }
  }

  /** Text that does not compress, so that half of the layer holds the beginning of the file. */
  private static String noise() {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(100_000, 'a', 'z').forEach(c -> text.append((char) c));
    return text.toString();
  }

  private static Image image(String digest, Path layer) {
    return new Image(digest, "", JsonNodeFactory.instance.objectNode(), List.of(layer));
  }
}
