package lunora.host.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lunora.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedTest {

  @ParameterizedTest
  @CsvSource({
    "ShardDO, SHARD",
    "SchedulerDO, SCHEDULER",
    "ShardRegistryDO, SHARD_REGISTRY",
    "Room, ROOM"
  })
  void aClassIsBoundByItsName(String className, String binding) {
    assertEquals(binding, new Need.ObjectClass(className).binding());
  }

  @Test
  void theListIsWhatTheCommandReads() {
    String json =
        Need.json(
            List.of(
                new Need.ObjectClass("ShardDO"),
                new Need.CronTrigger("0 3 * * *"),
                new Need.Consumer("mail")));
    assertEquals(
        Json.read(
            "[{\"kind\":\"object\",\"binding\":\"SHARD\",\"class\":\"ShardDO\"},"
                + "{\"kind\":\"cron\",\"expression\":\"0 3 * * *\"},"
                + "{\"kind\":\"consumer\",\"queue\":\"mail\"}]"),
        Json.read(json));
  }
}
