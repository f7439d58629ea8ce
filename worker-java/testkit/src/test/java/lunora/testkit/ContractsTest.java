package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import lunora.host.local.Socket;
import lunora.host.local.SqlStorage;
import lunora.testkit.contract.AlarmContract;
import lunora.testkit.contract.BlobBucketContract;
import lunora.testkit.contract.ContractCase;
import lunora.testkit.contract.CryptoContract;
import lunora.testkit.contract.GlobalDatabaseContract;
import lunora.testkit.contract.JsonTextsContract;
import lunora.testkit.contract.MessageQueueContract;
import lunora.testkit.contract.RemoteCase;
import lunora.testkit.contract.SocketsContract;
import lunora.testkit.contract.SqlStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The fakes keep to the contracts, each case on a fresh host and all cases on one. */
class ContractsTest {

  private final JdbcSqlStorage shared = JdbcSqlStorage.inMemory();

  @AfterEach
  void closeShared() {
    shared.close();
  }

  @TestFactory
  Stream<DynamicTest> sqlInMemory() {
    return SqlStorageContract.cases().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(),
                    () -> {
                      try (JdbcSqlStorage fresh = JdbcSqlStorage.inMemory()) {
                        each.run(fresh);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> sqlOnOneDatabase() {
    return tests(SqlStorageContract.cases(), shared);
  }

  @TestFactory
  Stream<DynamicTest> sqlInFile(@TempDir Path folder) {
    JdbcSqlStorage file = JdbcSqlStorage.inFile(folder.resolve("shard.db"));
    return tests(SqlStorageContract.cases(), file).onClose(file::close);
  }

  @TestFactory
  Stream<DynamicTest> jsonTexts() {
    return tests(JsonTextsContract.cases(), new JvmJsonTexts());
  }

  @TestFactory
  Stream<DynamicTest> sockets() {
    return SocketsContract.cases().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(new Host())));
  }

  @TestFactory
  Stream<DynamicTest> crypto() {
    return remote(CryptoContract.cases(), new FakeCrypto());
  }

  @TestFactory
  Stream<DynamicTest> alarm() {
    return remote(AlarmContract.cases(), new AlarmHost(shared, new FakeAlarm(shared)));
  }

  @TestFactory
  Stream<DynamicTest> globalDatabase() {
    FakeGlobalDatabase database = new FakeGlobalDatabase();
    return remote(GlobalDatabaseContract.cases(), database).onClose(database::close);
  }

  @TestFactory
  Stream<DynamicTest> blobBucket() {
    return remote(BlobBucketContract.cases(), new FakeBlobBucket(new FakeClock()));
  }

  @TestFactory
  Stream<DynamicTest> messageQueue() {
    return remote(MessageQueueContract.cases(), new FakeMessageQueue("queue", new FakeClock(), 3));
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    SqlStorageContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    JsonTextsContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    SocketsContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    CryptoContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    AlarmContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    BlobBucketContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
    MessageQueueContract.cases().forEach(each -> assertTrue(names.add(each.name()), each.name()));
  }

  private static <T> Stream<DynamicTest> tests(List<ContractCase<T>> cases, T host) {
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(host)));
  }

  private static <T> Stream<DynamicTest> remote(List<RemoteCase<T>> cases, T host) {
    return cases.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(host)));
  }

  private record AlarmHost(SqlStorage sql, FakeAlarm alarm) implements AlarmContract.Host {

    @Override
    public OptionalLong scheduledMs() {
      return alarm.scheduledMs();
    }
  }

  private record Host(FakeSockets sockets) implements SocketsContract.Host {

    Host() {
      this(new FakeSockets());
    }

    @Override
    public Socket accept(String tag, String attachment) {
      return sockets.accept(tag, attachment);
    }
  }
}
