package lunora.processor;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with documents, tables and indexes. */
final class DocumentMisuseTest {

  @Test
  void documentThatIsNoRecord() {
    Misuse.check(
        """
        @Document(table = "notes") // error: @Document stands on a record; make this one a record
        class Note {}
        """);
  }

  @Test
  void privateDocument() {
    Misuse.check(
        """
        class Outer {
          @Document(table = "notes")
          private record Note(String text) {} // error: a @Document record is private: generated code of its package has to name it
        }
        """);
  }

  @Test
  void genericDocument() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note<T>(String text) {} // error: a @Document record cannot have type parameters
        """);
  }

  @Test
  void documentOutsideOfPackages() {
    Misuse.check(
        Map.of(
            "app/Chat.java",
            "package app; @lunora.api.App class Chat {}",
            "Test.java",
            """
            @Document(table = "notes")
            record Note(String text) {} // error: a @Document record has to stand in a package: the generated module imports it
            """));
  }

  @Test
  void tableName() {
    Misuse.check(
        """
        @Document(table = "my notes") // error: table name "my notes": use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
        record Note(String text) {}
        @Document(table = "sqlite_master") // error: table name "sqlite_master": use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
        record Master(String text) {}
        """);
  }

  @Test
  void tableNameTwiceButForCase() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(String text) {}
        @Document(
            table = "Notes") // error: Note has a table named Notes already; rename one
        record Other(String text) {}
        """);
  }

  @Test
  void componentNames() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(
            String _id, // error: component _id: use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
            String größe, // error: component größe: use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
            String __proto__) {} // error: component __proto__: use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
        """);
  }

  @Test
  void shardByUnknownComponent() {
    Misuse.check(
        """
        @Document(
            table = "notes",
            shardBy = "chanel") // error: no component named chanel; did you mean channel?
        record Note(String channel) {}
        """);
  }

  @Test
  void indexOnUnknownComponent() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(
            name = "by_channel",
            on = {
              "author",
              "chanel" // error: index by_channel: no component named chanel; did you mean channel?
            })
        record Note(String channel, String author) {}
        """);
  }

  @Test
  void indexOnSomethingElse() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(name = "by_x", on = "x") // error: index by_x: no component named x
        record Note(String channel) {}
        """);
  }

  @Test
  void indexOnTypeWithoutOrder() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(name = "all", on = {
            "tags", // error: index all: tags has no order: a list, map, record or Value cannot be indexed
            "scores", // error: index all: scores has no order: a list, map, record or Value cannot be indexed
            "place", // error: index all: place has no order: a list, map, record or Value cannot be indexed
            "any", // error: index all: any has no order: a list, map, record or Value cannot be indexed
            "bytes",
            "text"})
        record Note(List<String> tags, Map<String, Integer> scores, Optional<Place> place, Value any,
            byte[] bytes, Optional<String> text) {}
        record Place(double x, double y) {}
        """);
  }

  @Test
  void indexNames() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(name = "by-text", on = "text") // error: index by-text: use 1 to 64 letters, digits and underscores, a letter first, and not sqlite_ at the start
        record Note(String text) {}
        """);
  }

  @Test
  void repeatedIndexes() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(name = "by_text", on = "text")
        @Index(name = "By_Text", on = "text")
        @Index(name = "nothing", on = {})
        @Index(name = "twice", on = {"text", "text"})
        record Note( // error: index By_Text: another index has this name; rename one // error: index nothing: it needs at least one component // error: index twice: text stands in it already
            String text) {}
        """);
  }

  @Test
  void indexedComponentsThatDifferByCase() {
    Misuse.check(
        """
        @Document(table = "notes")
        @Index(name = "both", on = {"text", "TEXT"}) // error: index both: indexed components text and TEXT differ by case only
        record Note(String text, String TEXT) {}
        """);
  }

  @Test
  void indexWithoutDocument() {
    Misuse.check(
        """
        @Index(name = "by_text", on = "text") // error: @Index stands on a record that is marked @Document
        record Note(String text) {}
        @Index(name = "a", on = "text")
        @Index(name = "b", on = "text")
        record Other(String text) {} // error: @Index stands on a record that is marked @Document
        """);
  }

  @Test
  void documentsOfOneGeneratedName() {
    Misuse.check(
        """
        class A {
          @Document(table = "a")
          record Note(String text) {}
        }
        class B {
          @Document(table = "b")
          record Note(String text) {} // error: NoteTable would be generated for app.A.Note as well; rename one
        }
        """);
  }

  @Test
  void generatedNameThatIsTaken() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(String text) {}
        class NoteTable {} // error: NoteTable is generated from Note; rename this one
        """);
  }

  @Test
  void recursion() {
    Misuse.check(
        """
        @Document(table = "trees")
        record Tree(
            String name,
            List<Tree> children, // error: Tree contains itself (Tree > Tree): store the inner ones as documents and keep their Id, or use lunora.wire.Value
            Id<Tree> parent) {}
        @Document(table = "shapes")
        record Drawing(Shape shape) {}
        sealed interface Shape {
          record Dot() implements Shape {}
          record Group(
              List<Shape> parts) // error: Shape contains itself (Shape > Group > Shape): store the inner ones as documents and keep their Id, or use lunora.wire.Value
              implements Shape {}
        }
        """);
  }

  @Test
  void sealedCases() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(Shape shape, Other other) {}
        sealed interface Shape {
          record Dot(
              String type) // error: a case of Shape cannot have a component type: the case's own name stands there
              implements Shape {}
          final class Line implements Shape {} // error: Line, a case of Shape, is not a record: a sealed interface that travels permits records only
          record Box<T>(String t) implements Shape {} // error: Box, a case of Shape, cannot have type parameters
        }
        sealed interface Other {}
        class A { record Same() implements Other {} }
        class B { record Same() implements Other {} } // error: two cases of Other are named Same: rename one // error: SameCodec would be generated for app.A.Same as well; rename one
        """);
  }

  @Test
  void constraints() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(
            @Length(max = 3) int a, // error: @Length bounds a String; for a number use @Range
            @Length(max = 3) List<String> b, // error: @Length bounds a String; for a number use @Range
            @Range(min = 1) String c, // error: @Range bounds an int, long or double; for a String use @Length
            @Range(min = 1) BigInteger d, // error: @Range bounds an int, long or double; for a String use @Length
            @Range(min = 2, max = 1) int e, // error: @Range: min is above max
            @Range(max = 3_000_000_000L) int f, // error: @Range: max does not fit an int
            @Length(min = 2, max = 1) String g, // error: @Length: min is above max
            @Length(min = -1) String h) {} // error: @Length: min is below 0
        """);
  }

  @Test
  void defaults() {
    Misuse.check(
        """
        enum Color { RED, GREEN }
        @Document(table = "notes")
        record Note(
            @Default("5x") int a, // error: @Default: "5x" is no int
            @Default("3000000000") int b, // error: @Default: "3000000000" is no int
            @Default("1.5") long c, // error: @Default: "1.5" is no long
            @Default("NaN") double d, // error: @Default: "NaN" is no finite double
            @Default("yes") boolean e, // error: @Default: "yes" is no boolean: use true or false
            @Default("1e3") BigInteger f, // error: @Default: "1e3" is no BigInteger
            @Default("today") Instant g, // error: @Default: "today" is no Instant of whole milliseconds, such as 2026-01-31T12:00:00Z
            @Default("GREN") Color h, // error: @Default: Color has no constant GREN; did you mean GREEN?
            @Default("x") List<String> i, // error: @Default is for String, boolean, int, long, double, BigInteger, Instant and enums; here use Optional
            @Default("x") Optional<String> j, // error: @Default with Optional: choose one; an Optional is empty when absent
            @Default("x") @Nullable String k, // error: @Default with @Nullable: choose one; @Nullable has to be present
            @Default("9") @Range(max = 5) int l, // error: @Default: "9" is not within the bounds
            @Default("long") @Length(max = 2) String m, // error: @Default: "long" is not within the bounds
            @Default("x") Value n) {} // error: @Default is for String, boolean, int, long, double, BigInteger, Instant and enums; here use Optional
        """);
  }

  @Test
  void constraintOnTheLineBefore() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(
            @Range(min = 1) // error: @Range bounds an int, long or double; for a String use @Length
            String text) {}
        """);
  }

  @Test
  void constraintWithCompactConstructor() {
    Misuse.check(
        """
        @Document(table = "notes")
        record Note(
            @Range(min = 1) String text) { // error: @Range bounds an int, long or double; for a String use @Length
          Note {}
        }
        """);
  }
}
