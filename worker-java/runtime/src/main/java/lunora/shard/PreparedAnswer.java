package lunora.shard;

import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;

/** A call whose answer is JSON. */
interface PreparedAnswer extends PreparedCall {

  @Override
  HttpResponse.Json answer();
}
