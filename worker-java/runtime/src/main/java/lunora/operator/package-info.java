/**
 * The operations of the admin plane that operators' sockets watch, kept through hibernation. Uses
 * {@code inspect}, {@code subscription} and {@code registry}; used by {@code shard}.
 */
@NullMarked
package lunora.operator;

import org.jspecify.annotations.NullMarked;
