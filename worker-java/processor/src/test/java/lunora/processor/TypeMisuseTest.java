package lunora.processor;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types that are not of the list. */
final class TypeMisuseTest {

  @Test
  void parameters() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          record Box<T>(String t) {}
          private enum Secret { A }
          interface Open {}
          static class Plain {}
          @Query
          static String a(QueryContext ctx,
              float a, // error: A parameter cannot be float. Use double. [types]
              short b, // error: A parameter cannot be short. Use int. [types]
              Character c, // error: A parameter cannot be Character. Use String. [types]
              int[] d, // error: A parameter cannot be int[]. Use a List. [types]
              Set<String> e, // error: A parameter cannot be Set<String>. Use a List. [types]
              Object f, // error: A parameter cannot be Object. Use lunora.wire.Value for any value. [types]
              LocalDate g, // error: A parameter cannot be LocalDate. Use String or Instant. [types]
              Map<Integer, String> h, // error: A parameter cannot be Map<Integer, String>. The keys of a Map have to be String. [types]
              List<?> i, // error: A parameter cannot be ?. Name a type instead of the wildcard. [types]
              List j, // error: A parameter cannot be List. Give the raw type its type arguments. [types]
              Box<String> k, // error: A parameter cannot be Notes.Box<String>. A record cannot have type parameters. [types]
              Secret l, // error: Notes.Secret is private: generated code has to name it
              Open m, // error: A parameter cannot be Notes.Open. Make the interface sealed, with records that implement it. [types]
              Plain n, // error: A parameter cannot be Notes.Plain. Make it a record. [types]
              Value.Obj o, // error: A parameter cannot be Value.Obj. Use lunora.wire.Value itself. [types]
              Runnable p, // error: A parameter cannot be Runnable. [types]
              List<? extends String> q, // error: A parameter cannot be ? extends String. Name a type instead of the wildcard. [types]
              String... r) { // error: A parameter cannot be String[]. Use a List. [types]
            return "";
          }
        }
        """);
  }

  @Test
  void typeVariable() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query
          static <T> String a( // error: a @Query method cannot have type parameters
              QueryContext ctx,
              List<T> b) { // error: A parameter cannot be T. Name a type instead of the type variable. [types]
            return "";
          }
        }
        """);
  }

  @Test
  void identity() {
    Misuse.check(
        """
        record Note(String text) {}
        @Functions("notes")
        class Notes {
          @Query
          static String a(QueryContext ctx,
              Id<Note> a, // error: Note is no document: mark the record with @Document
              Id<String> b, // error: String is no document: mark the record with @Document
              Id<?> c, // error: ? is no document: mark the record with @Document
              Id d, // error: A parameter cannot be Id. Give the raw type its type arguments. [types]
              Doc<Note> e, // error: A parameter cannot be Doc<Note>. Take the Id, or the fields. [types]
              Page<Doc<Note>> f) { // error: A parameter cannot be Page<Doc<Note>>. A Page can only be the result itself. [types]
            return "";
          }
        }
        """);
  }

  @Test
  void absence() {
    Misuse.check(
        """
        @Functions("notes")
        class Notes {
          @Query
          static String a(QueryContext ctx,
              List<Optional<String>> a, // error: Optional cannot stand within another type: leave the element out
              Map<String, Optional<String>> b, // error: Optional cannot stand within another type: leave the element out
              Optional<Optional<String>> c, // error: Optional cannot stand within another type: leave the element out
              @Nullable int d, // error: a primitive cannot be @Nullable: use its boxed type
              @Nullable Optional<String> e, // error: an Optional cannot be @Nullable: choose one of the two
              Optional<@Nullable String> f, // error: @Nullable cannot stand within another type
              List<@Nullable String> g, // error: @Nullable cannot stand within another type
              @Nullable Value h, // error: a Value is never null: null is Value.Null
              @Nullable byte[] i, // error: this says that each byte may be null: write byte @Nullable []
              @Mine.Nullable String j) { // error: app.Mine.Nullable is not understood: use org.jspecify.annotations.Nullable
            return "";
          }
        }
        class Mine { @interface Nullable {} }
        """);
  }

  @Test
  void results() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(String text) {}
        @Functions("notes")
        class Notes {
          @Query static Set<String> a(QueryContext ctx) { return Set.of(); } // error: A result cannot be Set<String>. Use a List. [results]
          @Query static Page<String> b(QueryContext ctx) { return null; } // error: A result cannot be Page<String>. A Page has to be one of Doc<T>. [results]
          @Query static List<Page<Doc<Note>>> c(QueryContext ctx) { return null; } // error: A result cannot be Page<Doc<Note>>. A Page can only be the result itself. [results]
          @Query static Void d(QueryContext ctx) { return null; } // error: A result cannot be Void. Use void. [results]
          @Query static Doc<?> e(QueryContext ctx) { return null; } // error: ? is no document: mark the record with @Document
          @Query static Map<String, Doc<Note>> f(QueryContext ctx) { return null; } // error: A result cannot be Doc<Note>. A Doc is the result itself, or directly in an Optional, List or Page. [results]
          @Query static List<List<Doc<Note>>> g(QueryContext ctx) { return null; } // error: A result cannot be Doc<Note>. A Doc is the result itself, or directly in an Optional, List or Page. [results]
        }
        """);
  }

  @Test
  void componentsOfInnerRecords() {
    Misuse.check(
        """
        record Point(
            float x, // error: A component cannot be float. Use double. [types]
            Doc<Note> note) {} // error: A component cannot be Doc<Note>. Take the Id, or the fields. [types]
        @Document(table = "notes")
        record Note(Point a, List<Point> b) {}
        @Functions("notes")
        class Notes {
          @Query static Point a(QueryContext ctx, Point a) { return a; }
        }
        """);
  }

  @Test
  void unresolvedTypesAreForJavac() {
    Misuse.check(
        Map.of(
            "app/Chat.java",
            "package app; @lunora.api.App class Chat {}",
            "app/Test.java",
            """
            @Document(table = Missing.TABLE) // error: cannot find symbol symbol: variable Missing
            record Note(Missing text) {} // error: cannot find symbol symbol: class Missing location: class app.Note
            """));
  }
}
