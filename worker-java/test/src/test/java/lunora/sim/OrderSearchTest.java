package lunora.sim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.sim.OrderSearch.Call;
import org.junit.jupiter.api.Test;

class OrderSearchTest {

  private static final int NEVER = Integer.MAX_VALUE;

  @Test
  void callsAtTheSameTimeMayHaveAnyOrder() {
    assertTrue(
        OrderSearch.exists("", List.of(new Call(1, 5, "a", "ba"), new Call(1, 5, "b", "b"))));
  }

  @Test
  void whatEndedBeforeAnotherBeganCameFirst() {
    assertFalse(
        OrderSearch.exists("", List.of(new Call(1, 2, "a", "ba"), new Call(3, 4, "b", "b"))));
  }

  @Test
  void aReadSeesWhatWasAnsweredBeforeIt() {
    List<Call> calls = List.of(new Call(1, 2, "a", "a"), new Call(3, 4, null, ""));
    assertFalse(OrderSearch.exists("", calls));
    assertTrue(OrderSearch.exists("", List.of(calls.get(0), new Call(2, 4, null, ""))));
  }

  @Test
  void aCallWithoutAnswerRanOrDidNotButOnlyOnce() {
    Call lost = new Call(1, NEVER, "a", null);
    assertTrue(OrderSearch.exists("", List.of(lost, new Call(2, 3, null, ""))));
    assertTrue(OrderSearch.exists("", List.of(lost, new Call(2, 3, null, "a"))));
    assertFalse(OrderSearch.exists("", List.of(lost, new Call(2, 3, null, "aa"))));
    assertFalse(
        OrderSearch.exists("", List.of(lost, new Call(2, 3, null, "a"), new Call(4, 5, null, ""))));
  }

  @Test
  void itBeginsWithWhatIsThere() {
    assertTrue(OrderSearch.exists("x", List.of(new Call(1, 2, "a", "xa"))));
    assertFalse(OrderSearch.exists("x", List.of(new Call(1, 2, "a", "a"))));
  }
}
