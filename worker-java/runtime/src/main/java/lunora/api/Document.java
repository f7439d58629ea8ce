package lunora.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record a document: a table of it, with {@code _id} and {@code _creationTime} beside its
 * components.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface Document {

  /** The table's name. */
  String table();

  /** The component that names the shard of a row; empty for a table of the default shard. */
  String shardBy() default "";

  /**
   * Whether the table is in the database that all shards share. Only functions with a {@link
   * GlobalQueryContext} or {@link GlobalMutationContext} reach it.
   */
  boolean global() default false;

  /**
   * Whether rows are guarded: without a {@link Policy} nobody reads or writes any. A table with a
   * policy always is.
   */
  boolean rls() default false;
}
