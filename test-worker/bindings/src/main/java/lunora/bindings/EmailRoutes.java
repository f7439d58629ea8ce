package lunora.bindings;

import lunora.bridge.workers.EmailSender;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.IncomingEmail;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;

/** E-mail: what arrives is written down in the object {@code email}, then forwarded or refused. */
final class EmailRoutes {

  private EmailRoutes() {}

  static WorkersResponse answer(String action, Env env) {
    EmailSender sender = env.emailSender("MAIL");
    return switch (action) {
      case "send" -> {
        sender.send("from@example.com", "to@example.com", "Grüße", "the text é");
        yield WorkersResponse.empty(204);
      }
      case "refused" ->
          new Answer()
              .put(
                  "address",
                  Refusal.ofWork(
                      () -> sender.send("from@example.com", "other@example.com", "s", "t")))
              .ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  static void receive(IncomingEmail email, Env env, ExecutionContext context) {
    int size = email.body().readAll().length;
    String note =
        new Answer()
            .put("from", email.from())
            .put("to", email.to())
            .put("subject", email.headers().get("subject"))
            .put("whole", size == email.sizeBytes())
            .json()
            .toString();
    env.durableObjects("OBJECT")
        .getByName("email")
        .fetch(
            WorkersRequest.to("https://o/object/email/notes/add")
                .method("POST")
                .body(note)
                .build());
    if (email.to().startsWith("refused")) {
      email.reject("not wanted here");
    } else {
      email.forward("elsewhere@example.com");
    }
  }
}
