package lunora.schema;

import java.util.List;

/**
 * Which parts of a row are passed on, besides its {@code _id}.
 *
 * @param fields in the order in which they are written
 * @param creationTime whether {@code _creationTime} is among them
 */
public record Projection<D>(List<Field<D, ?>> fields, boolean creationTime) {}
