package lunora.testkit;

import java.util.HashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.ShardNamespace;
import org.jspecify.annotations.Nullable;

/** A deployment that has what a test gives it. */
public class FakeBindings implements Bindings {

  private final Map<String, String> variables = new HashMap<>();
  private final FakeCrypto crypto = new FakeCrypto();
  private @Nullable ShardNamespace shards;

  /** Binds the shards. */
  public final void bind(ShardNamespace namespace) {
    shards = namespace;
  }

  /** Sets a variable or secret. */
  public FakeBindings set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  @Override
  public ShardNamespace shards() {
    return present(shards, "SHARD");
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public FakeCrypto crypto() {
    return crypto;
  }

  private static <T> T present(@Nullable T binding, String name) {
    if (binding == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no " + name);
    }
    return binding;
  }
}
