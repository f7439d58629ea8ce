package lunora.api;

import java.util.Optional;

/** Who may do what with the objects whose keys begin in one way. Never suspends. */
@FunctionalInterface
public interface StorageRule {

  /** Whether this caller, empty for an anonymous one, may have that access to the object. */
  boolean allows(Optional<Identity> caller, StorageAccess access, String key);
}
