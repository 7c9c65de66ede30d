package io.pipelab.functions.images;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** What the sample pictures show: each scene is drawn in any size, and always the same. */
enum Scene {
  /** Mountains at dusk, with a lake that mirrors the sun. */
  LAKE {
    @Override
    void draw(Graphics2D g, double w, double h) {
      double shore = h * 0.66;
      sky(g, w, h, 0x1B2A52, 0x8E4A6F, 0xF2A65A, 0xFFE3A8);
      glow(g, w * 0.62, shore * 0.60, h * 0.5, 0xFFF1C4);
      disc(g, w * 0.62, shore * 0.60, h * 0.055, 0xFFF8E1);
      ridge(g, w, shore, shore * 0.62, h * 0.16, 0x6D5C8A, 11);
      ridge(g, w, shore, shore * 0.76, h * 0.13, 0x4A4370, 5);
      ridge(g, w, shore, shore * 0.90, h * 0.08, 0x2A2A4E, 29);
      fill(
          g,
          0,
          shore,
          w,
          h - shore,
          new GradientPaint(0, (float) shore, color(0xD98D62), 0, (float) h, color(0x1A2346)));
      for (int i = 0; i < 26; i++) {
        double y = shore + (h - shore) * (i + 0.5) / 26;
        double half = w * (0.035 + 0.004 * i) * (0.6 + 0.4 * Math.sin(i * 1.9));
        g.setColor(color(0xFFE9B8, 150 - i * 5));
        g.fill(new Ellipse2D.Double(w * 0.62 - half, y, half * 2, h * 0.005));
      }
      reeds(g, w, h);
    }
  },
  /** Hills in the morning's mist, one behind the other. */
  MIST {
    @Override
    void draw(Graphics2D g, double w, double h) {
      sky(g, w, h, 0x8C8C8C, 0xC4C4C4, 0xECECEC, 0xF7F7F7);
      disc(g, w * 0.28, h * 0.24, h * 0.07, 0xFDFDFD);
      int[] greys = {0xC9C9C9, 0xABABAB, 0x888888, 0x5E5E5E, 0x333333};
      for (int i = 0; i < greys.length; i++) {
        ridge(g, w, h, h * (0.42 + 0.13 * i), h * (0.17 - 0.02 * i), greys[i], 40 + i);
      }
      for (int i = 0; i < 9; i++) {
        fir(
            g,
            w * (0.05 + 0.115 * i),
            h * (0.99 + 0.03 * Math.sin(i * 2.3)),
            h * (0.17 + 0.05 * Math.cos(i * 1.7)),
            0x1C1C1C);
      }
    }
  },
  /** A lighthouse on its rock, at night. */
  LIGHTHOUSE {
    @Override
    void draw(Graphics2D g, double w, double h) {
      sky(g, w, h, 0x0B1A3A, 0x163A66, 0x2F6C94, 0x8FC1CF);
      stars(g, w, h * 0.5);
      beam(g, w, h);
      fill(
          g,
          0,
          h * 0.80,
          w,
          h * 0.20,
          new GradientPaint(0, (float) (h * 0.80), color(0x2D6A88), 0, (float) h, color(0x0A2540)));
      ridge(g, w, h, h * 0.84, h * 0.06, 0x1B2B33, 3);
      tower(g, w, h);
    }
  },
  /** A balloon in the sky: to be recognised at 50x40. */
  BALLOON {
    @Override
    void draw(Graphics2D g, double w, double h) {
      sky(g, w, h, 0x3F8FD2, 0x7DBCE8, 0xBFE0F5, 0xE9F5FC);
      double r = h * 0.36;
      double x = w * 0.5;
      double y = h * 0.42;
      int[] stripes = {0xE4572E, 0xF3A712, 0xE4572E, 0xF3A712, 0xE4572E};
      for (int i = 0; i < stripes.length; i++) {
        double half = r * (1 - i * 0.22);
        g.setColor(color(stripes[i]));
        g.fill(new Ellipse2D.Double(x - half, y - r, half * 2, r * 2));
      }
      g.setColor(color(0x6B3F1D));
      g.fill(new Rectangle2D.Double(x - h * 0.07, h * 0.86, h * 0.14, h * 0.10));
      g.setStroke(new BasicStroke((float) (h * 0.012)));
      g.draw(new java.awt.geom.Line2D.Double(x - r * 0.55, y + r * 0.82, x - h * 0.06, h * 0.87));
      g.draw(new java.awt.geom.Line2D.Double(x + r * 0.55, y + r * 0.82, x + h * 0.06, h * 0.87));
    }
  },
  /** A red flower before a green meadow. */
  FLOWER {
    @Override
    void draw(Graphics2D g, double w, double h) {
      fill(g, 0, 0, w, h, new GradientPaint(0, 0, color(0xCDE7B0), 0, (float) h, color(0x3B7A57)));
      Random random = new Random(7);
      for (int i = 0; i < 40; i++) {
        double r = h * (0.02 + 0.05 * random.nextDouble());
        disc(g, w * random.nextDouble(), h * random.nextDouble(), r, color(0xF4FBE6, 38));
      }
      g.setStroke(
          new BasicStroke((float) (h * 0.022), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      g.setColor(color(0x2C5E2E));
      Path2D stem = new Path2D.Double();
      stem.moveTo(w * 0.5, h * 0.48);
      stem.curveTo(w * 0.53, h * 0.70, w * 0.46, h * 0.85, w * 0.48, h * 1.02);
      g.draw(stem);
      petals(g, w * 0.5, h * 0.42, h * 0.34, 8, 0x9E1B1B, 0xD7263D);
      petals(g, w * 0.5, h * 0.42, h * 0.25, 8, 0xD7263D, 0xF46036);
      disc(g, w * 0.5, h * 0.42, h * 0.075, 0xF9C80E);
      disc(g, w * 0.5, h * 0.42, h * 0.045, 0x8A5A00);
    }
  },
  /** Sea and sky, with sails. */
  SEA {
    @Override
    void draw(Graphics2D g, double w, double h) {
      sky(g, w, h, 0x2D7DD2, 0x6DB1E8, 0xBFE3F7, 0xF2FAFF);
      for (double[] cloud :
          new double[][] {{0.18, 0.22, 0.10}, {0.47, 0.14, 0.07}, {0.80, 0.27, 0.12}}) {
        for (int i = -2; i <= 2; i++) {
          double r = h * cloud[2] * (1 - 0.22 * Math.abs(i));
          disc(g, w * cloud[0] + i * r * 0.95, h * cloud[1] - r * 0.25, r, color(0xFFFFFF, 190));
        }
      }
      fill(
          g,
          0,
          h * 0.62,
          w,
          h * 0.38,
          new GradientPaint(0, (float) (h * 0.62), color(0x3CA6C7), 0, (float) h, color(0x0B3C5D)));
      g.setStroke(new BasicStroke((float) (h * 0.006)));
      for (int i = 0; i < 9; i++) {
        wave(g, w, h * (0.67 + 0.038 * i), h * (0.004 + 0.0016 * i), i);
      }
      sail(g, w * 0.30, h * 0.66, h * 0.30, 0xFFFFFF, 0xE4572E);
      sail(g, w * 0.66, h * 0.645, h * 0.17, 0xFFF4D6, 0x2E4057);
    }
  };

  abstract void draw(Graphics2D g, double w, double h);

  /** The scene in that size. */
  BufferedImage image(int width, int height, int imageType) {
    BufferedImage image = new BufferedImage(width, height, imageType);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    draw(g, width, height);
    g.dispose();
    return image;
  }

  private static Color color(int rgb) {
    return new Color(rgb);
  }

  private static Color color(int rgb, int alpha) {
    return new Color(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, Math.max(0, alpha));
  }

  private static void fill(
      Graphics2D g, double x, double y, double w, double h, java.awt.Paint paint) {
    g.setPaint(paint);
    g.fill(new Rectangle2D.Double(x, y, w, h));
  }

  private static void sky(Graphics2D g, double w, double h, int... colors) {
    Color[] shades = new Color[colors.length];
    float[] at = new float[colors.length];
    for (int i = 0; i < colors.length; i++) {
      shades[i] = color(colors[i]);
      at[i] = (float) i / (colors.length - 1);
    }
    fill(g, 0, 0, w, h, new LinearGradientPaint(0, 0, 0, (float) (h * 0.75), at, shades));
  }

  private static void disc(Graphics2D g, double x, double y, double r, int rgb) {
    disc(g, x, y, r, color(rgb));
  }

  private static void disc(Graphics2D g, double x, double y, double r, Color color) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - r, y - r, r * 2, r * 2));
  }

  private static void glow(Graphics2D g, double x, double y, double r, int rgb) {
    g.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) r,
            new float[] {0, 1},
            new Color[] {color(rgb, 200), color(rgb, 0)}));
    g.fill(new Ellipse2D.Double(x - r, y - r, r * 2, r * 2));
  }

  /** A chain of mountains: a few waves of different length, one over the other. */
  private static void ridge(
      Graphics2D g, double w, double bottom, double y, double height, int rgb, int seed) {
    Random random = new Random(seed);
    double[] phase = random.doubles(5, 0, Math.PI * 2).toArray();
    Path2D path = new Path2D.Double();
    path.moveTo(0, bottom);
    int points = 160;
    for (int i = 0; i <= points; i++) {
      double t = (double) i / points;
      double up = 0;
      for (int k = 0; k < phase.length; k++) {
        double wave = Math.sin(t * Math.PI * 2 * (0.8 + k * 1.7) + phase[k]);
        up += (1 - Math.abs(wave)) / (k + 1.4);
      }
      path.lineTo(w * t, y - height * (up - 0.9));
    }
    path.lineTo(w, bottom);
    path.closePath();
    g.setColor(color(rgb));
    g.fill(path);
  }

  private static void reeds(Graphics2D g, double w, double h) {
    Random random = new Random(21);
    g.setColor(color(0x10152E));
    g.setStroke(
        new BasicStroke((float) (h * 0.004), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = 0; i < 60; i++) {
      double x =
          w * (0.26 * random.nextDouble() * random.nextDouble() + (i % 2 == 0 ? 0 : 0.86) * 1.0);
      double top = h * (0.99 - 0.24 * random.nextDouble());
      Path2D reed = new Path2D.Double();
      reed.moveTo(x, h);
      reed.quadTo(x, (h + top) / 2, x + w * 0.012 * (random.nextDouble() - 0.3), top);
      g.draw(reed);
    }
  }

  private static void fir(Graphics2D g, double x, double foot, double height, int rgb) {
    g.setColor(color(rgb));
    for (int i = 0; i < 4; i++) {
      double top = foot - height * (1 - 0.18 * i);
      double half = height * (0.10 + 0.065 * i);
      Path2D bough = new Path2D.Double();
      bough.moveTo(x, top);
      bough.lineTo(x + half, top + height * 0.34);
      bough.lineTo(x - half, top + height * 0.34);
      bough.closePath();
      g.fill(bough);
    }
  }

  private static void stars(Graphics2D g, double w, double h) {
    Random random = new Random(99);
    for (int i = 0; i < 70; i++) {
      double r = h * (0.0015 + 0.003 * random.nextDouble());
      disc(g, w * random.nextDouble(), h * random.nextDouble(), r, color(0xFFFFFF, 200));
    }
  }

  private static void beam(Graphics2D g, double w, double h) {
    Path2D beam = new Path2D.Double();
    beam.moveTo(w * 0.52, h * 0.325);
    beam.lineTo(0, h * 0.12);
    beam.lineTo(0, h * 0.34);
    beam.closePath();
    g.setPaint(
        new GradientPaint((float) (w * 0.52), 0, color(0xFFF3B0, 190), 0, 0, color(0xFFF3B0, 10)));
    g.fill(beam);
  }

  private static void tower(Graphics2D g, double w, double h) {
    double x = w * 0.52;
    double top = h * 0.36;
    double foot = h * 0.85;
    int bands = 7;
    for (int i = 0; i < bands; i++) {
      double y0 = top + (foot - top) * i / bands;
      double y1 = top + (foot - top) * (i + 1) / bands;
      double half0 = w * (0.055 + 0.045 * i / bands);
      double half1 = w * (0.055 + 0.045 * (i + 1) / bands);
      Path2D band = new Path2D.Double();
      band.moveTo(x - half0, y0);
      band.lineTo(x + half0, y0);
      band.lineTo(x + half1, y1);
      band.lineTo(x - half1, y1);
      band.closePath();
      int rgb = i % 2 == 0 ? 0xF5F1E6 : 0xC8352B;
      g.setPaint(
          new GradientPaint(
              (float) (x - half1), 0, color(rgb), (float) (x + half1), 0, color(rgb).darker()));
      g.fill(band);
    }
    fill(g, x - w * 0.075, top - h * 0.012, w * 0.15, h * 0.014, color(0x22303C));
    fill(g, x - w * 0.042, top - h * 0.062, w * 0.084, h * 0.05, color(0xFFF3B0));
    glow(g, x, top - h * 0.037, h * 0.10, 0xFFF3B0);
    Path2D roof = new Path2D.Double();
    roof.moveTo(x, top - h * 0.105);
    roof.lineTo(x + w * 0.06, top - h * 0.06);
    roof.lineTo(x - w * 0.06, top - h * 0.06);
    roof.closePath();
    g.setColor(color(0x8E1F1A));
    g.fill(roof);
  }

  private static void petals(
      Graphics2D g, double x, double y, double r, int count, int from, int to) {
    AffineTransform before = g.getTransform();
    g.translate(x, y);
    for (int i = 0; i < count; i++) {
      g.setPaint(new GradientPaint(0, 0, color(from), 0, (float) -r, color(to)));
      g.fill(new Ellipse2D.Double(-r * 0.24, -r, r * 0.48, r));
      g.rotate(Math.PI * 2 / count);
    }
    g.setTransform(before);
  }

  private static void wave(Graphics2D g, double w, double y, double height, int phase) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, y);
    for (int i = 1; i <= 60; i++) {
      path.lineTo(w * i / 60, y + height * Math.sin(i * 0.9 + phase * 1.3));
    }
    g.setColor(color(0xE8F6FB, 90));
    g.draw(path);
  }

  private static void sail(
      Graphics2D g, double x, double water, double height, int canvas, int hull) {
    Path2D main = new Path2D.Double();
    main.moveTo(x, water - height);
    main.quadTo(x + height * 0.45, water - height * 0.45, x + height * 0.42, water - height * 0.08);
    main.lineTo(x, water - height * 0.08);
    main.closePath();
    g.setColor(color(canvas));
    g.fill(main);
    Path2D fore = new Path2D.Double();
    fore.moveTo(x - height * 0.03, water - height * 0.92);
    fore.lineTo(x - height * 0.28, water - height * 0.08);
    fore.lineTo(x - height * 0.03, water - height * 0.08);
    fore.closePath();
    g.fill(fore);
    Path2D boat = new Path2D.Double();
    boat.moveTo(x - height * 0.36, water - height * 0.05);
    boat.lineTo(x + height * 0.48, water - height * 0.05);
    boat.lineTo(x + height * 0.34, water + height * 0.07);
    boat.lineTo(x - height * 0.26, water + height * 0.07);
    boat.closePath();
    g.setColor(color(hull));
    g.fill(boat);
  }
}
