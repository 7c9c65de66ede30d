package io.pipelab.local.wire;

/** Tells by a request's head which protocol it speaks. */
final class Protocols {
  private static final Protocol JSON = new JsonProtocol();
  private static final Protocol CBOR = new CborProtocol();
  private static final Protocol TARGET_CBOR = new TargetCborProtocol();
  private static final Protocol QUERY = new QueryProtocol();
  private static final Protocol EC2 = new Ec2Protocol();
  private static final Protocol REST_JSON = new RestJsonProtocol();
  private static final Protocol REST_XML = new RestXmlProtocol();

  private Protocols() {}

  static Protocol of(WireRequest request, String service) {
    if (service.equals("s3")) {
      return REST_XML;
    }
    if ("rpc-v2-cbor".equals(request.header("smithy-protocol"))) {
      return CBOR;
    }
    if (request.header("X-Amz-Target") != null) {
      return request.hasContentType(TargetCborProtocol.CONTENT_TYPE) ? TARGET_CBOR : JSON;
    }
    String query = request.call().rawQuery();
    boolean form = request.hasContentType("application/x-www-form-urlencoded");
    if (form || (query != null && ("&" + query).contains("&Action="))) {
      return service.equals("ec2") ? EC2 : QUERY;
    }
    return REST_JSON;
  }
}
