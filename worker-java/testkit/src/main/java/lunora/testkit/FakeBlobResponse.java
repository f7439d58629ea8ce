package lunora.testkit;

import java.util.Map;
import lunora.host.inbound.HttpResponse;

/** A response with the bytes of an object, into which only a test looks. */
public record FakeBlobResponse(int status, Map<String, String> headers, byte[] body)
    implements HttpResponse.Foreign {}
