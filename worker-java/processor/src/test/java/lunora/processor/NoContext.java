package lunora.processor;

import java.time.Instant;
import java.util.Optional;
import lunora.api.FunctionLog;
import lunora.api.Identity;
import lunora.api.QueryContext;
import lunora.api.TableReader;
import lunora.schema.Table;

/** A context that nothing can be asked of. */
final class NoContext implements QueryContext {

  @Override
  public <D> TableReader<D> table(Table<D> table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Identity> auth() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instant now() {
    throw new UnsupportedOperationException();
  }

  @Override
  public double random() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FunctionLog log() {
    throw new UnsupportedOperationException();
  }
}
