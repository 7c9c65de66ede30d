package io.pipelab.report;

import io.pipelab.drive.DownloadObjects.Fetched;
import io.pipelab.verify.check.picture.JpegFile;
import io.pipelab.verify.check.picture.OutputNames;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that shows the pictures of a lab beside what was made of them: plain HTML beside the
 * files, for a browser without a network.
 */
public final class PicturePage {
  /**
   * One kind of output.
   *
   * @param title its heading
   */
  public record Column(String title, OutputNames names) {}

  private final String lab;
  private final String bucket;
  private final Path folder;
  private final List<Column> columns;
  private final Map<String, Fetched> files = new LinkedHashMap<>();

  /**
   * A page.
   *
   * @param folder where the files are and the page will be
   */
  public PicturePage(
      String lab, String bucket, Path folder, List<Column> columns, List<Fetched> fetched) {
    this.lab = lab;
    this.bucket = bucket;
    this.folder = folder;
    this.columns = columns;
    fetched.forEach(file -> files.put(file.key(), file));
  }

  /**
   * The page's text.
   *
   * @throws IOException when a picture that was fetched cannot be read
   */
  public String html() throws IOException {
    List<Fetched> pictures = new ArrayList<>();
    List<Fetched> others = new ArrayList<>();
    for (Fetched file : files.values()) {
      if (columns.stream().anyMatch(column -> column.names().isPicture(file.key()))) {
        pictures.add(file);
      } else if (columns.stream().noneMatch(c -> file.key().startsWith(c.names().folder()))) {
        others.add(file);
      }
    }
    StringBuilder html = new StringBuilder(HEAD.formatted(text(lab), text(lab), lead(pictures)));
    List<Fetched> broken = new ArrayList<>();
    for (Fetched picture : pictures) {
      if (read(picture).broken()) {
        broken.add(picture);
      } else {
        html.append(row(picture));
      }
    }
    for (Fetched picture : broken) {
      html.append(row(picture));
    }
    if (!others.isEmpty()) {
      html.append("<h2>Other files</h2>\n<p>Nothing was made of these.</p>\n<ul>\n");
      for (Fetched file : others) {
        html.append("<li><a href=\"%s\">%s</a></li>\n".formatted(link(file), text(file.key())));
      }
      html.append("</ul>\n");
    }
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private String lead(List<Fetched> pictures) {
    return "%d pictures of s3://%s, and what the lab made of each."
        .formatted(pictures.size(), text(bucket));
  }

  private String row(Fetched picture) throws IOException {
    StringBuilder row = new StringBuilder("<section>\n<h2>" + text(picture.key()) + "</h2>\n");
    row.append("<div class=\"row\">\n").append(figure("original", picture));
    for (Column column : columns) {
      if (column.names().isPicture(picture.key())) {
        row.append(figure(column.title(), files.get(column.names().outputOf(picture.key()))));
      }
    }
    return row.append("</div>\n</section>\n").toString();
  }

  private String figure(String title, @Nullable Fetched file) throws IOException {
    if (file == null) {
      return "<figure class=\"none\"><div>nothing</div><figcaption>%s</figcaption></figure>\n"
          .formatted(text(title));
    }
    JpegFile picture = read(file);
    if (picture.broken()) {
      return """
      <figure class="none"><div>cannot be read</div>\
      <figcaption><b>%s</b> %s<br><a href="%s">%s</a></figcaption></figure>
      """
          .formatted(text(title), bytes(file), link(file), text(file.key()));
    }
    return """
    <figure><a href="%s"><img src="%s" width="%d" height="%d" alt="%s" loading="lazy"></a>\
    <figcaption><b>%s</b> %s, %s<br>%s</figcaption></figure>
    """
        .formatted(
            link(file),
            link(file),
            picture.width(),
            picture.height(),
            text(title + " of " + file.key()),
            text(title),
            picture,
            bytes(file),
            text(file.key()));
  }

  private JpegFile read(Fetched file) throws IOException {
    return JpegFile.of(Files.readAllBytes(folder.resolve(file.path())));
  }

  private static String bytes(Fetched file) {
    return file.bytes() < 10_000
        ? file.bytes() + " bytes"
        : Math.round(file.bytes() / 1000.0) + " kB";
  }

  /** A relative address: each name percent-encoded. */
  private static String link(Fetched file) {
    List<String> names = new ArrayList<>();
    file.path()
        .forEach(
            name ->
                names.add(
                    URLEncoder.encode(name.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20")));
    return String.join("/", names);
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark; --page: #f6f5f2; --card: #fff; --ink: #1d2530; --soft: #667; --line: #dcdad4; }
      @media (prefers-color-scheme: dark) {
        :root { --page: #14171c; --card: #1d222a; --ink: #e8e6e1; --soft: #9aa3b0; --line: #323944; }
      }
      body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
      main { max-width: 84rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
      h1 { font-size: 1.8rem; margin: 0; }
      h2 { font-size: 1.05rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
      p.lead { color: var(--soft); margin: .3rem 0 2rem; overflow-wrap: anywhere; }
      section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; margin: 0 0 1.25rem; }
      .row { display: flex; gap: 1.5rem; align-items: flex-end; }
      figure { margin: 0; flex: 0 0 auto; max-width: 100%%; min-width: 8rem; }
      figure:first-child { flex: 0 1 auto; min-width: 0; }
      @media (max-width: 60rem) { .row { flex-wrap: wrap; } figure:first-child { flex-basis: 100%%; } }
      img { display: block; max-width: min(100%%, 40rem); max-height: 22rem; width: auto; height: auto; border-radius: 6px; }
      figcaption { color: var(--soft); font-size: .85rem; margin-top: .5rem; width: 0; min-width: 100%%; overflow-wrap: anywhere; }
      figcaption b { color: var(--ink); font-weight: 600; }
      .none div { display: grid; place-items: center; width: 12rem; height: 8rem; color: var(--soft); border: 1px dashed var(--line); border-radius: 6px; }
      main > h2 { margin-top: 2rem; }
      </style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      <p class="lead">%s</p>
      """;
}
