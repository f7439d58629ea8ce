package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a static method of a {@link Functions} class whenever a shard starts or wakes: {@code static
 * void woke(MutationContext ctx, ShardInitEvent event)}. See {@link ShardInitHook}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface OnShardInit {}
