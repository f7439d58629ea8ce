/** Codecs, keys, their order, names and conditions. */
@NullMarked
package lunora.schema;

import org.jspecify.annotations.NullMarked;
