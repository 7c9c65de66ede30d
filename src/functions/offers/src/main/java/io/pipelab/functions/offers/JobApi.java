package io.pipelab.functions.offers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Lambda handler {@code job_api_lambda} of the lab {@code job-offers}: {@code /v1/jobs} behind an
 * HTTP API whose integration hands on the path without the stage (payload format 2.0).
 */
public final class JobApi implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOBS = "/v1/jobs";
  private static final int LIMIT = 50;
  private static final int MOST = 200;

  private final JobTable table;
  private final Clock clock;
  private final String deployment = deployment();

  /** The client is built here and not on the first event, so that a SnapStart snapshot holds it. */
  public JobApi() {
    this(
        DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        Environment.required("TABLE_NAME"),
        Clock.systemUTC());
  }

  JobApi(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.table = new JobTable(dynamoDb, table);
    this.clock = clock;
  }

  /** What a deployment put beside the code: which one it is. */
  private static String deployment() {
    try (InputStream note = JobApi.class.getResourceAsStream("/META-INF/pipelab-deployment")) {
      return note == null ? "" : new String(note.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream answer, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    ApiResponse response = answer(event);
    JSON.writeValue(answer, response.proxy());
  }

  private ApiResponse answer(JsonNode event) {
    String method = event.path("requestContext").path("http").path("method").asText();
    String path = event.path("rawPath").asText();
    if (method.equals("GET") && path.equals("/v1/health")) {
      return ApiResponse.of(
          200, JSON.createObjectNode().put("status", "ok").put("deployment", deployment));
    }
    if (path.equals(JOBS)) {
      return switch (method) {
        case "GET" -> list(event.path("queryStringParameters"));
        case "POST" -> create(body(event));
        default -> noRoute(method, path);
      };
    }
    if (!path.startsWith(JOBS + "/") || path.length() == JOBS.length() + 1) {
      return noRoute(method, path);
    }
    String id = path.substring(JOBS.length() + 1);
    JsonNode named = event.path("queryStringParameters").path("city");
    String city = named.isTextual() && !named.textValue().isEmpty() ? named.textValue() : null;
    return switch (method) {
      case "GET" ->
          table
              .find(id, city)
              .map(offer -> ApiResponse.of(200, offer.node()))
              .orElseGet(() -> noJob(id));
      case "PUT" -> change(id, city, body(event));
      case "DELETE" -> delete(id, city);
      default -> noRoute(method, path);
    };
  }

  private static ApiResponse noRoute(String method, String path) {
    return ApiResponse.notFound("there is no " + method + " " + path);
  }

  private static ApiResponse noJob(String id) {
    return ApiResponse.notFound("there is no job " + id);
  }

  private static String body(JsonNode event) {
    String body = event.path("body").asText();
    return event.path("isBase64Encoded").asBoolean()
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private ApiResponse list(JsonNode query) {
    int limit;
    try {
      limit = query.has("limit") ? Integer.parseInt(query.path("limit").asText()) : LIMIT;
    } catch (NumberFormatException e) {
      limit = 0;
    }
    if (limit < 1 || limit > MOST) {
      return ApiResponse.badRequest(
          "the query is not understood", List.of("limit must be a number from 1 to " + MOST));
    }
    JobTable.Page page;
    try {
      page = table.page(limit, query.has("next") ? query.path("next").asText() : null);
    } catch (IllegalArgumentException e) {
      return ApiResponse.badRequest(
          "the query is not understood", List.of("next is none of this API's"));
    }
    ObjectNode body = JSON.createObjectNode();
    ArrayNode items = body.putArray("items");
    page.offers().forEach(offer -> items.add(offer.node()));
    body.put("count", page.offers().size());
    if (page.next() != null) {
      body.put("next", page.next());
    }
    return ApiResponse.of(200, body);
  }

  private ApiResponse create(String body) {
    OfferInput input = OfferInput.read(body, true);
    if (!input.errors().isEmpty()) {
      return refused(input.errors());
    }
    Map<String, String> values = new LinkedHashMap<>(input.values());
    values.putIfAbsent("id", UUID.randomUUID().toString());
    values.putIfAbsent("created_date", LocalDate.now(clock).toString());
    Offer offer = Offer.of(values);
    String fault = offer.fault();
    if (fault != null) {
      return refused(List.of("the offer has " + fault));
    }
    if (!table.add(offer)) {
      return ApiResponse.of(
          409, JSON.createObjectNode().put("message", "there is a job " + offer.id() + " already"));
    }
    return ApiResponse.of(201, offer.node()).with("location", JOBS + "/" + offer.id());
  }

  private static ApiResponse refused(List<String> errors) {
    return ApiResponse.badRequest("the job offer is not complete", errors);
  }

  /** Members that are not sent stay as they are. */
  private ApiResponse change(String id, @Nullable String city, String body) {
    Optional<Offer> before = table.find(id, city);
    if (before.isEmpty()) {
      return noJob(id);
    }
    OfferInput input = OfferInput.read(body, false);
    if (!input.errors().isEmpty()) {
      return refused(input.errors());
    }
    if (!input.values().getOrDefault("id", id).equals(id)) {
      return refused(List.of("id cannot be changed"));
    }
    Map<String, String> values = new LinkedHashMap<>(before.get().values());
    values.putAll(input.values());
    Offer after = Offer.of(values);
    String fault = after.fault();
    if (fault != null) {
      return refused(List.of("the offer has " + fault));
    }
    return table.replace(before.get(), after) ? ApiResponse.of(200, after.node()) : noJob(id);
  }

  private ApiResponse delete(String id, @Nullable String city) {
    Optional<Offer> found = table.find(id, city);
    return found.isPresent() && table.delete(found.get()) ? ApiResponse.empty(204) : noJob(id);
  }
}
