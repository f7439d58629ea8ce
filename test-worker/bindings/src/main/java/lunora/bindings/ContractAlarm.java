package lunora.bindings;

import java.util.OptionalLong;
import lunora.bridge.host.CfAlarm;
import lunora.bridge.workers.DurableObjectState;
import lunora.host.local.Alarm;
import lunora.host.local.SqlStorage;
import lunora.testkit.contract.AlarmContract;

/** The alarm of the object, looked at through the platform's own promise. */
final class ContractAlarm implements AlarmContract.Host {

  private final DurableObjectState state;
  private final SqlStorage sql;
  private final CfAlarm alarm;

  ContractAlarm(DurableObjectState state, SqlStorage sql) {
    this.state = state;
    this.sql = sql;
    this.alarm = new CfAlarm(state.raw().getStorage());
  }

  @Override
  public Alarm alarm() {
    return alarm;
  }

  @Override
  public SqlStorage sql() {
    return sql;
  }

  @Override
  public OptionalLong scheduledMs() {
    return state.storage().alarms().scheduledMs();
  }
}
