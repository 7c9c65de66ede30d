package io.pipelab.functions.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResizerTest {
  private static final Resizer THUMBNAIL = new Resizer(CreateThumbnail.USUAL_SIZE);
  private static final Resizer MOBILE = new Resizer(CreateMobileImage.USUAL_SIZE);

  @ParameterizedTest
  @CsvSource({
    "1280, 853, 128x85, 480x320",
    "50, 40, 50x40, 50x40",
    "900, 900, 128x128, 320x320",
    "1200, 600, 128x64, 640x320",
    "128, 128, 128x128, 128x128",
    "129, 4, 128x4, 129x4",
    "3000, 2, 128x1, 640x1"
  })
  void sizesAreExact(int width, int height, String thumbnail, String mobile) throws Exception {
    byte[] file = Picture.colour(Scene.LAKE, width, height);

    assertEquals(thumbnail, size(THUMBNAIL.resize(file)));
    assertEquals(mobile, size(MOBILE.resize(file)));
  }

  @Test
  void aPictureOfACameraHeldUprightStandsUpright() throws Exception {
    Resizer.Smaller made = THUMBNAIL.resize(Picture.heldUpright(Scene.LIGHTHOUSE, 800, 1200));

    assertEquals("800x1200", made.from().toString());
    assertEquals("85x128", size(made));
    BufferedImage image = image(made);
    assertTrue(grey(image, 5, 3) < grey(image, 5, 95), "the dark of the sky is at the top");
  }

  /** EXIF 2.32, 4.6.4: where the stored picture's first row and column are. */
  @ParameterizedTest
  @CsvSource({
    "1, 100x50, left, top",
    "2, 100x50, right, top",
    "3, 100x50, right, bottom",
    "4, 100x50, left, bottom",
    "5, 50x100, left, top",
    "6, 50x100, right, top",
    "7, 50x100, right, bottom",
    "8, 50x100, left, bottom"
  })
  void everyOrientationIsHonoured(int orientation, String size, String x, String y)
      throws Exception {
    Resizer.Smaller made = THUMBNAIL.resize(Picture.oriented(cornered(), orientation));

    assertEquals(size, size(made));
    BufferedImage image = image(made);
    int column = x.equals("left") ? 8 : image.getWidth() - 9;
    int row = y.equals("top") ? 8 : image.getHeight() - 9;
    assertTrue(red(image, column, row), "the red corner is " + y + " " + x);
    assertTrue(
        !red(image, image.getWidth() - 1 - column, image.getHeight() - 1 - row),
        "the other corner is not red");
  }

  @Test
  void greyStaysGrey() throws Exception {
    Resizer.Smaller made = MOBILE.resize(Picture.grey(Scene.MIST, 1024, 768));

    assertEquals("427x320", size(made));
    BufferedImage image = image(made);
    assertEquals(1, image.getRaster().getNumBands());
    int before =
        Scene.MIST.image(1024, 768, BufferedImage.TYPE_BYTE_GRAY).getRaster().getSample(20, 20, 0);
    assertEquals(before, image.getRaster().getSample(8, 8, 0), 4, "as bright as it was");
  }

  @Test
  void aTurnedGreyPictureIsAsBrightAsItWas() throws Exception {
    byte[] file = Picture.oriented(Picture.grey(Scene.MIST, 1024, 768), 3);

    BufferedImage image = image(MOBILE.resize(file));

    int before =
        Scene.MIST.image(1024, 768, BufferedImage.TYPE_BYTE_GRAY).getRaster().getSample(20, 20, 0);
    int after = image.getRaster().getSample(image.getWidth() - 9, image.getHeight() - 9, 0);
    assertEquals(before, after, 4);
  }

  @Test
  void colourStaysAsItWas() throws Exception {
    BufferedImage image = image(MOBILE.resize(Picture.colour(Scene.FLOWER, 900, 900)));

    Color middle = new Color(image.getRGB(160, 134));
    assertEquals(0x8A, middle.getRed(), 12);
    assertEquals(0x5A, middle.getGreen(), 12);
  }

  @Test
  void progressiveFilesAreRead() throws Exception {
    assertEquals("480x320", size(MOBILE.resize(Picture.progressive(Scene.LAKE, 1280, 853))));
  }

  @Test
  void ofALargePictureOnlyAPartOfThePixelsIsKept() throws Exception {
    byte[] file = Picture.colour(Scene.SEA, 5184, 3888);

    Jpeg.Upright read = new Jpeg(file).read();

    assertEquals(new Box(5184, 3888), read.size());
    assertEquals(2592, read.image().getWidth());
    assertEquals("427x320", size(MOBILE.resize(file)));
  }

  @Test
  void aBombIsRefusedBeforeItsPixelsAreRead() {
    byte[] file = Picture.colour(Scene.BALLOON, 50, 40);
    claim(file, 65_500, 65_500);

    assertEquals(
        "it is 65500x65500, more than 50 megapixels", refusal(file), "by its header alone");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6, 0.95})
  void aFileThatIsCutOffIsRefused(double part) {
    byte[] file = Picture.cutOff(Picture.colour(Scene.FLOWER, 600, 400), part);

    assertTrue(refusal(file).startsWith("it is cut off"), refusal(file));
  }

  @Test
  void whatIsNoJpegIsRefused() {
    assertEquals("it is not a JPEG file (0 bytes)", refusal(new byte[0]));
    assertTrue(refusal(Picture.png(Scene.BALLOON, 50, 40)).startsWith("it is not a JPEG file"));
    byte[] text = "Hello, I am a text and no picture".getBytes(StandardCharsets.UTF_8);
    assertEquals("it is not a JPEG file (33 bytes)", refusal(text));
  }

  @Test
  void aFileOfNothingButAHeaderIsRefused() {
    byte[] file = Picture.cutOff(Picture.colour(Scene.FLOWER, 600, 400), 0.001);

    assertTrue(refusal(file).startsWith("it is "), refusal(file));
  }

  private static String refusal(byte[] file) {
    return assertThrows(UnreadablePicture.class, () -> THUMBNAIL.resize(file)).getMessage();
  }

  /** Writes another size into the frame header. */
  private static void claim(byte[] file, int width, int height) {
    for (int i = 2; i < file.length - 9; i++) {
      if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == 0xC0) {
        file[i + 5] = (byte) (height >> 8);
        file[i + 6] = (byte) height;
        file[i + 7] = (byte) (width >> 8);
        file[i + 8] = (byte) width;
        return;
      }
    }
    throw new IllegalArgumentException("no frame header");
  }

  /** 100x50, blue, with a red square at the top left. */
  private static byte[] cornered() throws IOException {
    BufferedImage image = new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.BLUE);
    g.fillRect(0, 0, 100, 50);
    g.setColor(Color.RED);
    g.fillRect(0, 0, 20, 20);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private static String size(Resizer.Smaller made) throws IOException {
    BufferedImage image = image(made);
    assertEquals(made.size(), new Box(image.getWidth(), image.getHeight()));
    return made.size().toString();
  }

  private static BufferedImage image(Resizer.Smaller made) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(made.jpeg()));
  }

  private static boolean red(BufferedImage image, int x, int y) {
    Color color = new Color(image.getRGB(x, y));
    return color.getRed() > 180 && color.getBlue() < 90;
  }

  private static int grey(BufferedImage image, int x, int y) {
    Color color = new Color(image.getRGB(x, y));
    return color.getRed() + color.getGreen() + color.getBlue();
  }
}
