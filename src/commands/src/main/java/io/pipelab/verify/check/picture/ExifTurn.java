package io.pipelab.verify.check.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether a JPEG file's EXIF segment turns its picture by a quarter (EXIF 2.32, 4.6.4: the tag
 * Orientation in the first directory of a TIFF structure).
 */
public final class ExifTurn {
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int EXIF = 0x45786966; // "Exif"
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY = 12;

  private ExifTurn() {}

  /**
   * Whether width and height change places.
   *
   * @throws RuntimeException when the segment points outside itself
   */
  static boolean isQuarter(byte[] jpeg) {
    int at = 2;
    while (at + 10 < jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      int length = ((jpeg[at + 2] & 0xFF) << 8) + (jpeg[at + 3] & 0xFF);
      if (marker == START_OF_SCAN || at + 2 + length > jpeg.length) {
        return false;
      }
      if (marker == APP1 && ByteBuffer.wrap(jpeg).getInt(at + 4) == EXIF) {
        return orientation(ByteBuffer.wrap(jpeg, at + 10, length - 8).slice()) >= 5;
      }
      at += 2 + length;
    }
    return false;
  }

  private static int orientation(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
        return tiff.getShort(entry + 8) & 0xFFFF;
      }
    }
    return 1;
  }
}
