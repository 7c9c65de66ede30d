package io.pipelab.functions.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;

/** Makes a picture small enough for a box: in its own shape, upright, never enlarged. */
final class Resizer {
  private static final float QUALITY = 0.85f;

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
   * @throws UnreadablePicture when it is not a picture that can be read
   */
  Smaller resize(byte[] file) throws UnreadablePicture {
    Jpeg.Upright picture = new Jpeg(file).read();
    Box size = box.fit(picture.size());
    try {
      return new Smaller(jpeg(smaller(picture.image(), size)), size, picture.size());
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
  }

  private static BufferedImage smaller(BufferedImage image, Box size) throws IOException {
    boolean grey = image.getRaster().getNumBands() == 1;
    return Thumbnails.of(image)
        .forceSize(size.width(), size.height())
        .imageType(grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB)
        .asBufferedImage();
  }

  /** Thumbnailator's own files are coloured ones, also of grey pictures. */
  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
