package io.pipelab.functions.offers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes the CSV files of {@code samples/job-offers}, and large ones for measurements: {@code
 * SampleOffers FOLDER} writes the samples, {@code SampleOffers FILE ROWS} a file of so many rows.
 */
final class SampleOffers {
  private static final String HEADER = String.join(",", Offer.COLUMNS);

  private static final List<String> CITIES =
      List.of("Paris", "Lyon", "Lille", "Nantes", "Bordeaux", "Aix, en Provence", "Orl\u00e9ans");
  private static final List<String> COMPANIES =
      List.of("Acme", "Globex", "Initech", "Umbra \"Q\" SA", "Hooli", "Vandelay & fils");
  private static final List<String> TITLES =
      List.of("Java developer", "Data engineer", "Cloud architect", "SRE", "Product owner");
  private static final List<String> CONTRACTS = List.of("CDI", "CDD", "Freelance", "Internship");
  private static final List<String> SECTORS = List.of("IT", "Finance", "Energy", "");
  private static final List<String> EXPERIENCES = List.of("junior", "2-5 years", "senior", "");
  private static final List<String> KEYWORDS = List.of("java", "aws", "sql; nosql", "kafka");
  private static final List<String> PROVIDERS = List.of("board-a", "board-b");

  private SampleOffers() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    if (arguments.length == 2) {
      large(path, Integer.parseInt(arguments[1]));
      return;
    }
    Files.createDirectories(path);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Files.write(path.resolve(file.getKey()), file.getValue());
    }
  }

  /** A file of so many rows, all of them distinct. */
  static void large(Path file, int rows) throws IOException {
    Random random = new Random(rows);
    try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      out.print(HEADER + "\n");
      for (int i = 0; i < rows; i++) {
        out.print(row("large-" + i, random) + "\n");
      }
    }
  }

  /** The samples by name. */
  static Map<String, byte[]> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("2026-11-paris.csv", HEADER + "\n" + String.join("\n", rows("p", 141)) + "\n");
    files.put(
        "2026-11-windows.csv",
        "\uFEFF" + HEADER + "\r\n" + String.join("\r\n", rows("w", 120)) + "\r\n");
    files.put("2026-11-hard-cases.csv", hardCases());
    files.put("empty.csv", "");
    files.put("header-only.csv", HEADER + "\n");
    files.put(
        "missing-column.csv",
        HEADER.replace("id,city,", "id,") + "\nm-1,Acme,Dev,https://jobs.example/m-1,CDI,,,,,\n");
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  private static List<String> rows(String prefix, int count) {
    Random random = new Random(prefix.charAt(0));
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      rows.add(row(prefix + "-" + i, random));
    }
    return rows;
  }

  private static String row(String id, Random random) {
    String date = LocalDate.of(2026, 10, 1).plusDays(random.nextInt(50)).toString();
    return String.join(
        ",",
        id,
        quoted(one(CITIES, random)),
        quoted(one(COMPANIES, random)),
        quoted(one(TITLES, random)),
        "https://jobs.example/" + id,
        one(CONTRACTS, random),
        one(SECTORS, random),
        one(EXPERIENCES, random),
        quoted(one(KEYWORDS, random)),
        date,
        one(PROVIDERS, random));
  }

  private static String one(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"") || field.contains(" ")
        ? "\"" + field.replace("\"", "\"\"") + "\""
        : field;
  }

  /**
   * Quotes, line ends in quotes, empty fields, one row twice, rows that are not offers, no last
   * end.
   */
  private static String hardCases() {
    String twice =
        "h-1,Paris,Acme,Dev,https://jobs.example/h-1,CDI,IT,junior,java,2026-11-01,board-a";
    return String.join(
        "\n",
        HEADER,
        twice,
        twice,
        "h-2,Lyon,\"The \"\"best\"\" company, ever\",\"Developer\n(two lines)\",,CDI,,,,,",
        "h-3,Lille,\"CR and LF\",\"one\r\ntwo\",,CDD,,,,,",
        ",Paris,No id,Dev,,CDI,,,,,",
        "h-4,,No city,Dev,,CDI,,,,,",
        "h-5,Nantes,too,few,fields",
        "h-6,\u00c9vry,\"Soci\u00e9t\u00e9 G\u00e9n\u00e9reuse \ud83d\ude80\",Dev,,CDI,,,,,",
        "h-6,Lyon,The same id in another city,Dev,,CDI,,,,,",
        "\"h,7\",\" spaces stay \",\"\",,,,,,,,",
        "h-8,Nice,no line end behind the last row,Dev,,CDI,,,,,board-b");
  }
}
