package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Requests as they go over the wire, and what AWS answers to them. A file a service; its cases run
 * in their order on one cloud. A case has
 *
 * <ul>
 *   <li>what is sent: {@code send: GET /bucket/key} with {@code headers} and {@code body}; {@code
 *       json: Target.Action} or {@code query: Action} with {@code with}, the members;
 *   <li>what is answered: {@code status} (200 if it is not there), {@code answers} (headers; null
 *       for one that must not be there), {@code has} and {@code lacks} (texts of the body), {@code
 *       is} (members of a JSON body, each with all that is in it).
 * </ul>
 */
@Timeout(300)
final class AnswersIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> SERVICES =
      List.of(
          "s3",
          "dynamodb",
          "sns",
          "sqs",
          "iam",
          "access-analyzer",
          "sts",
          "lambda",
          "apigateway",
          "ecs",
          "ecr",
          "logs",
          "monitoring",
          "cloudformation",
          "ec2",
          "secretsmanager",
          "ssm",
          "kinesis",
          "events");

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  /** One file's head: how its service is called. */
  private record Service(String name, String jsonVersion, String apiVersion) {}

  @TestFactory
  Stream<DynamicContainer> answers() {
    return SERVICES.stream().map(name -> DynamicContainer.dynamicContainer(name, cases(name)));
  }

  @SuppressWarnings("unchecked")
  private static Stream<DynamicTest> cases(String name) {
    try (InputStream in = AnswersIT.class.getResourceAsStream("answers/" + name + ".yaml")) {
      Map<String, Object> file = new Yaml().load(Objects.requireNonNull(in, name));
      Service service =
          new Service(
              (String) file.getOrDefault("service", name),
              String.valueOf(file.getOrDefault("jsonVersion", "1.0")),
              (String) file.getOrDefault("apiVersion", ""));
      return ((List<Map<String, Object>>) file.get("cases"))
          .stream()
              .map(
                  each ->
                      DynamicTest.dynamicTest(
                          (String) each.get("case"), () -> check(service, each)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(Service service, Map<String, Object> given) throws Exception {
    HttpResponse<String> response = send(service, given);
    String body = response.body();
    assertEquals(given.getOrDefault("status", 200), response.statusCode(), body);
    map(given, "answers")
        .forEach(
            (header, value) ->
                assertEquals(value, response.headers().firstValue(header).orElse(null), header));
    for (Object text : list(given, "has")) {
      assertTrue(body.contains((String) text), () -> "no " + text + " in " + body);
    }
    for (Object text : list(given, "lacks")) {
      assertFalse(body.contains((String) text), () -> text + " in " + body);
    }
    if (given.containsKey("is")) {
      JsonNode answer = JSON.readTree(body);
      map(given, "is")
          .forEach(
              (member, value) ->
                  assertEquals(JSON.valueToTree(value), answer.path(member), () -> body));
    }
  }

  private static HttpResponse<String> send(Service service, Map<String, Object> given)
      throws IOException, InterruptedException {
    String[] line = ((String) given.getOrDefault("send", "POST /")).split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=tester/20261121/us-east-1/"
            + service.name()
            + "/aws4_request, SignedHeaders=host, Signature=0");
    String body = (String) given.getOrDefault("body", "");
    if (given.containsKey("json")) {
      headers.put("X-Amz-Target", (String) given.get("json"));
      headers.put("Content-Type", "application/x-amz-json-" + service.jsonVersion());
      body = JSON.writeValueAsString(map(given, "with"));
    } else if (given.containsKey("query")) {
      headers.put("Content-Type", "application/x-www-form-urlencoded");
      body = form(service, (String) given.get("query"), map(given, "with"));
    }
    map(given, "headers").forEach((name, value) -> headers.put(name, String.valueOf(value)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.endpoint + line[1]))
            .method(line[0], HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String form(Service service, String action, Map<String, Object> members) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Action", action);
    all.put("Version", service.apiVersion());
    all.putAll(members);
    return all.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(String.valueOf(each.getValue())))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> given, String member) {
    return (Map<String, Object>) given.getOrDefault(member, Map.of());
  }

  private static List<Object> list(Map<String, Object> given, String member) {
    Object value = given.getOrDefault(member, List.of());
    return value instanceof List<?> all ? new ArrayList<>(all) : List.of(value);
  }
}
