package io.pipelab.functions.images;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files of scenes, as cameras and people make them. */
final class Picture {
  private static final float QUALITY = 0.78f;

  private Picture() {}

  static byte[] colour(Scene scene, int width, int height) {
    return jpeg(scene.image(width, height, BufferedImage.TYPE_INT_RGB), false);
  }

  static byte[] progressive(Scene scene, int width, int height) {
    return jpeg(scene.image(width, height, BufferedImage.TYPE_INT_RGB), true);
  }

  static byte[] grey(Scene scene, int width, int height) {
    return jpeg(scene.image(width, height, BufferedImage.TYPE_BYTE_GRAY), false);
  }

  static byte[] png(Scene scene, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(scene.image(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * A file that a camera writes when it is held upright: lying pixels, and a note of how to turn
   * them.
   */
  static byte[] heldUpright(Scene scene, int width, int height) {
    BufferedImage upright = scene.image(width, height, BufferedImage.TYPE_INT_RGB);
    BufferedImage lying = new BufferedImage(height, width, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = lying.createGraphics();
    g.rotate(-Math.PI / 2);
    g.translate(-width, 0);
    g.drawImage(upright, 0, 0, null);
    g.dispose();
    return oriented(jpeg(lying, false), 6);
  }

  /** The file with an EXIF segment that holds an orientation, 1 to 8, and nothing else. */
  static byte[] oriented(byte[] jpeg, int orientation) {
    byte[] tiff = {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // big-endian, the first directory at 8
      0,
      1, // one entry
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // Orientation, SHORT, 1
      0,
      0,
      0,
      0 // no other directory
    };
    int length = 2 + 6 + tiff.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
    out.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    out.writeBytes(tiff);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** The first part of a file: an upload that broke off. */
  static byte[] cutOff(byte[] file, double part) {
    return Arrays.copyOf(file, (int) (file.length * part));
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      param.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
