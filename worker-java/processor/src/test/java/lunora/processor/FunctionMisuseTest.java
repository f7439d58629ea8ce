package lunora.processor;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with functions, apps and annotations in the wrong place. */
final class FunctionMisuseTest {

  @Test
  void methods() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query String a(QueryContext ctx) { return ""; } // error: a @Query method has to be static
          @Query private static String b(QueryContext ctx) { return ""; } // error: a @Query method is private: generated code of its package calls it
          @Query static <T> String c(QueryContext ctx) { return ""; } // error: a @Query method cannot have type parameters
          @Query static String d() { return ""; } // error: the first parameter of a @Query method has to be QueryContext
          @Query
          static String e(
              MutationContext ctx) { // error: the first parameter of a @Query method has to be QueryContext
            return "";
          }
          @Mutation static void f(QueryContext ctx) {} // error: the first parameter of a @Mutation method has to be MutationContext
          @Action static void g(MutationContext ctx) {} // error: the first parameter of a @Action method has to be ActionContext
          @Query
          @Mutation
          static String h(QueryContext ctx) { return ""; } // error: a function is of one kind, not @Query and @Mutation: remove one
          @Action static void i(ActionContext ctx) throws java.io.IOException {} // error: a @Action method cannot throw IOException: catch it and throw a LunoraException, or an unchecked exception
          @Action static void j(ActionContext ctx) throws IllegalStateException {}
          @Query static String größe(QueryContext ctx) { return ""; } // error: function name größe: use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
        }
        """);
  }

  @Test
  void triggers() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Cron("0 3 * * *") @Internal @Mutation static void a(MutationContext ctx) {}
          @Cron("0 3 * *") @Mutation static void b(MutationContext ctx) {} // error: @Cron takes five fields, as in 0 3 * * *
          @Cron("0 3 * * *") @Mutation static void c(MutationContext ctx, String d) {} // error: a method with @Cron has no parameter besides its context
          @Cron("0 3 * * *") @Query static String e(QueryContext ctx) { return ""; } // error: @Cron stands beside @Mutation or @Action
          @Cron("0 3 * * *") @Mutation static void k(GlobalMutationContext ctx) {} // error: @Cron cannot call a function over global tables: an @Action can run it
          @Cron("0 3 * * *") @Query static String l(GlobalQueryContext ctx) { return ""; } // error: @Cron stands beside @Mutation or @Action
          @Cron("0 3 * * *") static void f(MutationContext ctx) {} // error: @Cron stands beside @Mutation or @Action
          @QueueConsumer("mails") @Internal @Action static void g(ActionContext ctx, String mail) {}
          @QueueConsumer("mails") @Mutation static void h(MutationContext ctx) {} // error: a method with @QueueConsumer has one parameter, the message besides its context
          @QueueConsumer(" ") @Mutation static void i(MutationContext ctx, String mail) {} // error: @QueueConsumer takes the queue's name
        }
        """);
  }

  @Test
  void shapes() {
    Misuse.check(
        """
        record Line(String text) {}
        @Document(table = "words")
        record Word(String text) {}
        @Document(table = "users", global = true)
        record User(String name) {}
        @Functions("notes")
        class Notes {
          @Shape static ShapeOf<Word> a(ShapeContext ctx, String text) { return ShapeOf.rows(WordTable.TABLE); }
          @Shape static String b(ShapeContext ctx) { return ""; } // error: a @Shape method has to return a ShapeOf<T>, T being the document
          @Shape static ShapeOf<Line> c(ShapeContext ctx) { return null; } // error: Line is no document: mark the record with @Document
          @Shape static ShapeOf<Word> d(QueryContext ctx) { return null; } // error: the first parameter of a @Shape method has to be ShapeContext
          @Shape static ShapeOf<User> g(ShapeContext ctx) { return null; } // error: a shape has rows of a shard, not of a global table: watch a query
          @Shape @Internal static ShapeOf<Word> e(ShapeContext ctx) { return null; } // error: a @Shape method is for clients alone: remove @Internal
        }
        """);
  }

  @Test
  void policies() {
    Misuse.check(
        """
        record Line(String text) {}
        @Document(table = "words", rls = true)
        record Word(String text) {}
        @Functions("notes")
        class Notes {
          @Policy static Predicate<Word> a(PolicyContext ctx) { return WordTable.TEXT.eq(ctx.user().userId()); }
          @Policy(RowAccess.READ) Predicate<Word> b(PolicyContext ctx) { return null; } // error: a @Policy method has to be static
          @Policy private static Predicate<Word> c(PolicyContext ctx) { return null; } // error: a @Policy method is private: generated code of its package calls it
          @Policy static Predicate<Word> d(QueryContext ctx) { return null; } // error: a @Policy method takes (PolicyContext)
          @Policy static boolean e(PolicyContext ctx) { return true; } // error: a @Policy method has to return a Predicate<T>, T being the document
          @Policy static Predicate<Line> f(PolicyContext ctx) { return null; } // error: Line is no document: mark the record with @Document
        }
        class Elsewhere {
          @Policy static Predicate<Word> g(PolicyContext ctx) { return null; } // error: @Policy stands in a class that is marked @Functions
        }
        """);
  }

  @Test
  void streams() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Stream static void a(StreamContext<Integer> ctx) {}
          @Stream(durable = false) static void b(StreamContext<Integer> ctx) {}
          @Stream static int c(StreamContext<Integer> ctx) { return 1; } // error: a @Stream method has to return nothing: it emits
          @Stream static void d(StreamContext ctx) {} // error: StreamContext has to say what is emitted, as StreamContext<String> does
          @Stream static void e(StreamContext<?> ctx) {} // error: StreamContext has to say what is emitted, as StreamContext<String> does
          @Stream static void f(ActionContext ctx) {} // error: the first parameter of a @Stream method has to be StreamContext
          @Stream(durable = true) void g(StreamContext<String> ctx) {} // error: a @Stream method has to be static
          @Action static void h(StreamContext<String> ctx) {} // error: the first parameter of a @Action method has to be ActionContext
          @Stream
          @Query
          static void i(QueryContext ctx) {} // error: a function is of one kind, not @Query and @Stream: remove one
        }
        class Others {
          @Stream(durable = true) // error: @Stream stands in a class that is marked @Functions
          static void j(StreamContext<String> ctx) {}
        }
        """);
  }

  @Test
  void overloads() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query static String a(QueryContext ctx) { return ""; }
          @Query static String a(QueryContext ctx, int x) { return ""; } // error: two functions are named a: a call names no types; rename one
          @Query static String b(QueryContext ctx, int x) { return ""; } // error: a call of b could mean b(lunora.api.QueryContext,java.lang.Integer) as well: rename one
          static String b(QueryContext ctx, Integer x) { return ""; }
          @Query static String c(QueryContext ctx, int x) { return ""; }
          static String c(int x) { return ""; }
        }
        """);
  }

  @Test
  void moduleName() {
    Misuse.check(
        """
        @Functions("my:notes") // error: module name "my:notes": use letters, digits and underscores, a letter first, in parts separated by /
        class Notes {}
        @Functions("") // error: module name "": use letters, digits and underscores, a letter first, in parts separated by /
        class Others {}
        @Functions("__lunora") // error: module name "__lunora": use letters, digits and underscores, a letter first, in parts separated by /
        class Reserved {}
        """);
  }

  @Test
  void functionsClass() {
    Misuse.check(
        """
        class Outer {
          @Functions("notes")
          private static class Notes {} // error: a @Functions class is private: generated code of its package has to name it
          @Functions("others")
          static class Others<T> {} // error: a @Functions class cannot have type parameters
        }
        """);
  }

  @Test
  void pathTwice() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query static String a(QueryContext ctx) { return ""; }
        }
        @Functions("notes")
        class More {
          @Query static String a(QueryContext ctx) { return ""; } // error: Notes has a function notes:a already; rename one
          @Query static String b(QueryContext ctx) { return ""; }
        }
        """);
  }

  @Test
  void strays() {
    Misuse.check(
        """
        class Notes {
          @Query // error: @Query stands in a class that is marked @Functions
          static String a(QueryContext ctx) { return ""; }
        }
        @Functions("others")
        class Others {
          @Internal static void b(MutationContext ctx) {} // error: @Internal stands beside @Query, @Mutation, @Action or @Stream
          static void c(@Length(max = 3) String text) {} // error: @Length stands on an argument of a function
          @Query static int d(@Default("x") QueryContext ctx) { return 1; } // error: @Default stands on an argument of a function
        }
        """);
  }

  @Test
  void parameterName() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query
          static String a(
              QueryContext ctx,
              String __proto__) { // error: a parameter cannot be named __proto__: no client can be asked to send it
            return "";
          }
        }
        """);
  }

  @Test
  void parameterConstraints() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query
          static String a(
              QueryContext ctx,
              @Range(
                  min = -3_000_000_000L) // error: @Range: min does not fit an int
              int x,
              @Default(
                  "none") // error: @Default: "none" is no int
              int y) {
            return "";
          }
        }
        """);
  }

  @Test
  void appMissing() {
    Misuse.check(
        Map.of(
            "app/Test.java",
            """
            @Functions("notes") // error: no class is marked @App: mark one, it names the module with all of this
            class Notes {}
            """));
  }

  @Test
  void twoApps() {
    Misuse.check(
        """
        @App // error: a compilation has one @App, and app.Chat is it; remove this one
        class Other {}
        """);
  }

  @Test
  void appOutsideOfPackages() {
    Misuse.check(
        Map.of(
            "Test.java",
            """
            @App
            class Chat {} // error: the @App class has to stand in a package
            """));
  }
}
