package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.payload.EventV2;
import io.pipelab.local.payload.IncomingRequest;
import io.pipelab.local.payload.QueryString;

/** The event of payload format 2.0 as an HTTP API fills it. */
final class ApiEvent {
  private ApiEvent() {}

  static ObjectNode of(CallContext context, RouteMatch route, ParameterMapping mapped) {
    IncomingRequest request = context.request;
    EventV2 frame =
        new EventV2(
            context.identity.account(),
            context.apiId,
            context.domainName(),
            context.requestId,
            route.key().text(),
            context.stage.stageName(),
            context.time);
    ObjectNode event =
        frame.of(
            request, mapped.path(), rawQuery(request, mapped), mapped.headers(), mapped.query());
    if (!route.parameters().isEmpty()) {
      route.parameters().forEach(event.putObject("pathParameters")::put);
    }
    if (!context.stage.stageVariables().isEmpty()) {
      context.stage.stageVariables().forEach(event.putObject("stageVariables")::put);
    }
    return event;
  }

  /** As it was sent, unless a mapping changed it. */
  private static String rawQuery(IncomingRequest request, ParameterMapping mapped) {
    return mapped.query().equals(QueryString.parse(request.rawQuery()))
        ? request.rawQuery()
        : QueryString.format(mapped.query());
  }
}
