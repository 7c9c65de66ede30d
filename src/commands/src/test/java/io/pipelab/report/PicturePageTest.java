package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.drive.DownloadObjects.Fetched;
import io.pipelab.verify.check.picture.OutputNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturePageTest {
  private static final Path SAMPLES = Path.of("samples/image-resize/ingest");

  @TempDir Path folder;

  private final List<Fetched> files = new ArrayList<>();

  @Test
  void picturesStandBesideTheirOutputs() throws IOException {
    add("red flower.jpg", "ingest/red flower.jpg");
    add("tiny-balloon.jpg", "thumbnail/Thumbnail-red flower.jpg");
    add("broken.jpg", "ingest/broken.jpg");
    add("balloon.png", "ingest/balloon.png");

    String html = page();

    assertTrue(html.contains("src=\"ingest/red%20flower.jpg\" width=\"900\" height=\"900\""));
    assertTrue(html.contains("<b>thumbnail</b> 50x40, 1193 bytes"), html);
    assertTrue(html.lastIndexOf("<img") < html.indexOf("cannot be read"), "broken files come last");
    assertTrue(html.contains("<li><a href=\"ingest/balloon.png\">ingest/balloon.png</a></li>"));
    assertFalse(html.contains("http"), "nothing is fetched from elsewhere");
  }

  @Test
  void aNameIsTextAndNoMarkup() throws IOException {
    Files.copy(SAMPLES.resolve("tiny-balloon.jpg"), folder.resolve("x.jpg"));
    files.add(new Fetched("ingest/<script>\"'&.jpg", Path.of("x.jpg"), 1193));

    String html = page();

    assertFalse(html.contains("<script>"));
    assertTrue(html.contains("ingest/&lt;script&gt;&quot;&#39;&amp;.jpg"));
  }

  private String page() throws IOException {
    OutputNames names = new OutputNames("ingest/", ".jpg", "thumbnail/", "Thumbnail-");
    return new PicturePage(
            "lab", "b", folder, List.of(new PicturePage.Column("thumbnail", names)), files)
        .html();
  }

  private void add(String sample, String key) throws IOException {
    Path path = folder.resolve(key);
    Files.createDirectories(path.getParent());
    Files.copy(SAMPLES.resolve(sample), path);
    files.add(new Fetched(key, Path.of(key), Files.size(path)));
  }
}
