package io.pipelab.functions.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * A JPEG file that is read with bounded memory: its size is looked at before its pixels, and of a
 * large one only every second or third row and column is kept.
 */
final class Jpeg {
  /** Larger than any camera's usual picture; a few bytes can claim to be 65500x65500. */
  static final long MOST_PIXELS = 50_000_000;

  /** About 20 MB when read: far more than any of the outputs needs. */
  private static final long ENOUGH_PIXELS = 6_000_000;

  private final byte[] file;

  Jpeg(byte[] file) {
    this.file = file;
  }

  /**
   * A picture as a person sees it: upright.
   *
   * @param image its pixels, maybe fewer than it has
   * @param size its own size
   */
  record Upright(BufferedImage image, Box size) {}

  /**
   * Reads the picture.
   *
   * @throws UnreadablePicture when it is none, is cut off, or has too many pixels
   */
  Upright read() throws UnreadablePicture {
    if (file.length < 3 || (file[0] & 0xFF) != 0xFF || (file[1] & 0xFF) != 0xD8) {
      throw new UnreadablePicture("it is not a JPEG file (" + file.length + " bytes)");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(stream);
      return upright(reader);
    } catch (IOException e) {
      throw new UnreadablePicture("it is a broken JPEG file: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // ImageIO's readers answer some broken files with whatever exception they stumble on.
      throw new UnreadablePicture("it is a broken JPEG file: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private Upright upright(ImageReader reader) throws IOException, UnreadablePicture {
    Box size = new Box(reader.getWidth(0), reader.getHeight(0));
    if (size.pixels() > MOST_PIXELS) {
      throw new UnreadablePicture(
          "it is " + size + ", more than " + MOST_PIXELS / 1_000_000 + " megapixels");
    }
    Orientation orientation = ExifOrientation.of(file);
    BufferedImage image = pixels(reader, size);
    if (orientation == Orientation.TOP_LEFT) {
      return new Upright(image, size);
    }
    BufferedImage turned = ExifFilterUtils.getFilterForOrientation(orientation).apply(image);
    return new Upright(turned, swapsSides(orientation) ? size.turned() : size);
  }

  private static BufferedImage pixels(ImageReader reader, Box size)
      throws IOException, UnreadablePicture {
    AtomicBoolean cutOff = new AtomicBoolean();
    IIOReadWarningListener warnings =
        (source, warning) -> {
          // libjpeg fills what is missing with grey, and only warns.
          if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            cutOff.set(true);
          }
        };
    reader.addIIOReadWarningListener(warnings);
    ImageReadParam param = reader.getDefaultReadParam();
    int every = (int) Math.ceil(Math.sqrt((double) size.pixels() / ENOUGH_PIXELS));
    param.setSourceSubsampling(every, every, 0, 0);
    BufferedImage image = reader.read(0, param);
    if (cutOff.get()) {
      throw new UnreadablePicture("it is cut off: the file ends before the picture does");
    }
    return image;
  }

  private static boolean swapsSides(Orientation orientation) {
    return switch (orientation) {
      case LEFT_TOP, RIGHT_TOP, RIGHT_BOTTOM, LEFT_BOTTOM -> true;
      default -> false;
    };
  }
}
