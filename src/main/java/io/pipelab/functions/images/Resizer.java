package io.pipelab.functions.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;

/** Makes a picture small enough for a box: in its own shape, upright, never enlarged. */
final class Resizer {
  private static final double QUALITY = 0.85;

  private final Box box;

  Resizer(Box box) {
    this.box = box;
  }

  /**
   * What was made.
   *
   * @param jpeg the file
   * @param from the size of the picture that it was made of
   */
  record Smaller(byte[] jpeg, Box size, Box from) {}

  /**
   * Makes a JPEG file smaller.
   *
   * @throws UnreadablePicture when it is no picture that can be read
   */
  Smaller resize(byte[] file) throws UnreadablePicture {
    Jpeg.Upright picture = new Jpeg(file).read();
    Box size = box.fit(picture.size());
    return new Smaller(jpeg(picture.image(), size), size, picture.size());
  }

  private static byte[] jpeg(BufferedImage image, Box size) {
    boolean grey = image.getRaster().getNumBands() == 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Thumbnails.of(image)
          .forceSize(size.width(), size.height())
          .imageType(grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB)
          .outputFormat("jpg")
          .outputQuality(QUALITY)
          .toOutputStream(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }
}
