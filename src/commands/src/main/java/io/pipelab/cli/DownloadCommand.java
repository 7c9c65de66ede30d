package io.pipelab.cli;

import io.pipelab.lab.Lab;
import io.pipelab.report.Json;
import io.pipelab.report.PicturePage;
import io.pipelab.report.PicturePage.Column;
import io.pipelab.target.Failure;
import io.pipelab.verify.check.picture.OutputNames;
import io.pipelab.workflow.drive.DownloadFromLab;
import io.pipelab.workflow.drive.DownloadFromLab.Download;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pipelab download}: originals and outputs into a folder, with a page that shows them. */
@Command(
    name = "download",
    description =
        "Fetches what a lab's bucket holds, originals and outputs, into a folder; of pictures it"
            + " also writes a page that shows them side by side: DIR/index.html.",
    footer = {"", "  pipelab download image-resize pictures"})
final class DownloadCommand implements PipelabAction {
  @Parameters(
      arity = "1..2",
      paramLabel = "[LAB] DIR",
      description = "the lab, when it is not the one that is up; then the folder")
  List<String> arguments = new ArrayList<>();

  @Override
  public ExitCode run(Session session) {
    if (arguments.size() == 1 && session.labs().ids().contains(arguments.get(0))) {
      throw Failure.usage(
          "the folder is missing", "'pipelab download " + arguments.get(0) + " DIR'");
    }
    LabAndRest what = LabAndRest.of(session, arguments);
    if (what.rest().size() != 1) {
      throw Failure.usage(
          "there is no lab " + arguments.get(0), "'pipelab labs' shows those that there are");
    }
    Lab lab = what.instance().lab();
    Download download =
        session
            .workflows()
            .download(what.instance(), session.parameters(lab), Path.of(what.rest().get(0)))
            .run(session.progress());
    List<Column> columns = columns(lab);
    Path page = columns.isEmpty() ? download.folder() : page(lab, download, columns);
    PrintStream out = session.invocation().out();
    if (session.output().json()) {
      Json.print(out, json(download, page));
    } else {
      out.println(download.files().size() + " files of s3://" + download.bucket() + ": " + page);
    }
    return ExitCode.OK;
  }

  private static Path page(Lab lab, Download download, List<Column> columns) {
    Path page = download.folder().resolve(DownloadFromLab.PAGE);
    try {
      String html =
          new PicturePage(
                  lab.title(), download.bucket(), download.folder(), columns, download.files())
              .html();
      // Not through a link that lies there: it is replaced.
      Files.deleteIfExists(page);
      Files.writeString(page, html);
      return page;
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE, page + " cannot be written", e.toString(), "name another folder", e);
    }
  }

  /** What the lab claims about its outputs tells what they are called. */
  private static List<Column> columns(Lab lab) {
    List<Column> columns = new ArrayList<>();
    for (Lab.StepSpec step : lab.steps()) {
      for (Lab.CheckSpec check : step.checks()) {
        if (check.type().equals("pictures-made")) {
          OutputNames names =
              new OutputNames(
                  String.valueOf(check.with().get("ingest")),
                  String.valueOf(check.with().get("suffix")),
                  String.valueOf(check.with().get("folder")),
                  String.valueOf(check.with().get("prefix")));
          columns.add(new Column(names.folder().replace("/", ""), names));
        }
      }
    }
    return columns;
  }

  private static Map<String, Object> json(Download download, Path page) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.download/1");
    json.put("bucket", download.bucket());
    json.put("page", page.toString());
    List<Map<String, Object>> files = new ArrayList<>();
    download
        .files()
        .forEach(
            file -> {
              Map<String, Object> each = new LinkedHashMap<>();
              each.put("key", file.key());
              each.put("path", file.path().toString());
              each.put("bytes", file.bytes());
              files.add(each);
            });
    json.put("files", files);
    return json;
  }
}
