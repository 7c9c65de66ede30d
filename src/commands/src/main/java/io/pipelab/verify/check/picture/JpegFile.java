package io.pipelab.verify.check.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What a JPEG file shows, found out without the functions' own code: a check must not believe what
 * it checks.
 *
 * @param width of the upright picture, in pixels; 0 when it cannot be read
 * @param height of the upright picture
 */
public record JpegFile(int width, int height) {
  static final JpegFile BROKEN = new JpegFile(0, 0);

  /** What the lab's functions take on: more is refused like a broken file. */
  private static final long MOST_PIXELS = 50_000_000;

  /** Reads a file to its end, so that one that is cut off is seen. */
  public static JpegFile of(byte[] file) {
    if (file.length < 4 || (file[0] & 0xFF) != 0xFF || (file[1] & 0xFF) != 0xD8) {
      return BROKEN;
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MOST_PIXELS || !readsWell(reader)) {
        return BROKEN;
      }
      return ExifTurn.isQuarter(file) ? new JpegFile(height, width) : new JpegFile(width, height);
    } catch (IOException | RuntimeException e) {
      // What cannot be read is what this is to find out.
      return BROKEN;
    } finally {
      reader.dispose();
    }
  }

  /** Whether it cannot be read. */
  public boolean broken() {
    return width == 0;
  }

  /** The size of a picture of this shape in a box, never enlarged. */
  JpegFile within(long boxWidth, long boxHeight) {
    double scale = Math.min(1, Math.min((double) boxWidth / width, (double) boxHeight / height));
    return new JpegFile(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)));
  }

  private static boolean readsWell(ImageReader reader) throws IOException {
    AtomicBoolean cutOff = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            cutOff.set(true);
          }
        });
    ImageReadParam few = reader.getDefaultReadParam();
    few.setSourceSubsampling(8, 8, 0, 0);
    BufferedImage image = reader.read(0, few);
    return image.getWidth() > 0 && !cutOff.get();
  }

  /** {@code 1280x853}. */
  @Override
  public String toString() {
    return broken() ? "no picture" : width + "x" + height;
  }
}
