package io.pipelab.functions.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws the files of {@code samples/image-resize}: run it with that folder as its argument. */
public final class SamplePictures {
  private SamplePictures() {}

  /** Writes the files into a folder. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, byte[]> file : all().entrySet()) {
      Path path = Path.of(args[0]).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      System.out.println(path + " " + file.getValue().length);
    }
  }

  /** The files, by where in the bucket they go. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("ingest/lake.jpg", Picture.colour(Scene.LAKE, 1280, 853));
    files.put("ingest/misty-hills.jpg", Picture.grey(Scene.MIST, 1024, 768));
    files.put("ingest/lighthouse.jpg", Picture.heldUpright(Scene.LIGHTHOUSE, 800, 1200));
    files.put("ingest/tiny-balloon.jpg", Picture.colour(Scene.BALLOON, 50, 40));
    files.put("ingest/red flower.jpg", Picture.colour(Scene.FLOWER, 900, 900));
    files.put("ingest/sea+sky.jpg", Picture.colour(Scene.SEA, 1200, 600));
    files.put("ingest/trip/lake.jpg", Picture.colour(Scene.SEA, 640, 480));
    files.put("ingest/balloon.png", Picture.png(Scene.BALLOON, 200, 160));
    files.put("ingest/broken.jpg", Picture.cutOff(Picture.colour(Scene.FLOWER, 600, 400), 0.6));
    files.put("elsewhere/balloon.jpg", Picture.colour(Scene.BALLOON, 400, 320));
    return files;
  }
}
