package lunora.processor.model;

/** The kinds of function that the system calls and no client can. */
public enum HookKind {
  ON_CONNECT("OnConnect", "onConnect", "MutationContext", "ConnectionEvent"),
  ON_DISCONNECT("OnDisconnect", "onDisconnect", "MutationContext", "ConnectionEvent"),
  ON_SHARD_INIT("OnShardInit", "onShardInit", "MutationContext", "ShardInitEvent"),
  ON_WHISPER("OnWhisper", "onWhisper", "QueryContext", "WhisperEvent");

  private final String simpleName;
  private final String moduleMethod;
  private final String context;
  private final String event;

  HookKind(String simpleName, String moduleMethod, String context, String event) {
    this.simpleName = simpleName;
    this.moduleMethod = moduleMethod;
    this.context = context;
    this.event = event;
  }

  /** The annotation's simple name; {@code OnConnect}. */
  public String simpleName() {
    return simpleName;
  }

  /** The annotation; {@code lunora.api.OnConnect}. */
  public String annotation() {
    return "lunora.api." + simpleName;
  }

  /** The method by which a module takes it up; {@code onConnect}. */
  public String moduleMethod() {
    return moduleMethod;
  }

  /** The simple name of the first parameter's type. */
  public String context() {
    return context;
  }

  /** The simple name of the second parameter's type. */
  public String event() {
    return event;
  }

  /** Whether it answers yes or no; the others answer nothing. */
  public boolean decides() {
    return this == ON_WHISPER;
  }
}
