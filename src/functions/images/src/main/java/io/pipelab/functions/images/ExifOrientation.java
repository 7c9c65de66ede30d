package io.pipelab.functions.images;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * How a camera was held, from a JPEG file's EXIF segment.
 *
 * <p>ImageIO's metadata would have it, too, but of files that hold a JFIF segment after the EXIF
 * segment, as some programs write them, it gives none.
 */
final class ExifOrientation {
  private static final int SEGMENT = 0xFF;
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private ExifOrientation() {}

  /** The file's orientation; that of an upright picture when it does not say, or not clearly. */
  static Orientation of(byte[] jpeg) {
    int at = 2;
    while (at + 4 <= jpeg.length && unsigned(jpeg, at) == SEGMENT) {
      int marker = unsigned(jpeg, at + 1);
      int end = at + 2 + (unsigned(jpeg, at + 2) << 8) + unsigned(jpeg, at + 3);
      if (marker == START_OF_SCAN || end > jpeg.length) {
        break;
      }
      if (marker == APP1 && isExif(jpeg, at + 4, end)) {
        return orientation(Arrays.copyOfRange(jpeg, at + 4, end));
      }
      at = end;
    }
    return Orientation.TOP_LEFT;
  }

  private static boolean isExif(byte[] jpeg, int from, int end) {
    return end - from >= EXIF.length
        && Arrays.equals(jpeg, from, from + EXIF.length, EXIF, 0, EXIF.length);
  }

  private static Orientation orientation(byte[] exif) {
    try {
      Orientation orientation = ExifUtils.getOrientationFromExif(exif);
      return orientation == null ? Orientation.TOP_LEFT : orientation;
    } catch (RuntimeException e) {
      // A segment that points outside itself; the pixels may well be fine.
      return Orientation.TOP_LEFT;
    }
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }
}
