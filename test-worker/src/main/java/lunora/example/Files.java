package lunora.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.api.Action;
import lunora.api.ActionContext;
import lunora.api.FileUpload;
import lunora.api.Functions;
import lunora.api.Internal;
import lunora.api.Length;
import lunora.api.Mutation;
import lunora.api.MutationContext;
import lunora.api.Query;
import lunora.api.QueryContext;
import lunora.api.Range;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Doc;
import lunora.schema.Id;

/** Files by name, which browsers send and fetch by URLs that are good for an hour. */
@Functions("files")
public final class Files {

  /** What the keys of all files begin with. */
  static final String PREFIX = "files/";

  private static final int SIZE_MAX = 50_000_000;

  private Files() {}

  /** A URL to PUT the file to, with exactly this content type and size. */
  @Action
  static String uploadUrl(
      ActionContext ctx,
      @Length(min = 1, max = 200) String name,
      @Length(min = 1, max = 100) String contentType,
      @Range(min = 1, max = SIZE_MAX) int size) {
    Id<StoredFile> id = ctx.run(FilesFunctions.announce(name, contentType, size));
    return ctx.storage().uploadUrl(FileUpload.of(key(id), contentType, size));
  }

  /** A URL to GET the file from. */
  @Action
  static String downloadUrl(ActionContext ctx, String name) {
    Optional<Doc<StoredFile>> file = ctx.run(FilesFunctions.find(name));
    String key = key(known(file).id());
    return ctx.storage().downloadUrl(key, FileUpload.TTL_SECONDS_DEFAULT);
  }

  /** Deletes the file, or, with {@code fail}, asks for that and then fails: it stays. */
  @Mutation
  static void remove(MutationContext ctx, String name, Optional<Boolean> fail) {
    Id<StoredFile> id = known(row(ctx, name)).id();
    ctx.table(StoredFileTable.TABLE).delete(id);
    ctx.storage().delete(key(id));
    if (fail.orElse(false)) {
      throw new LunoraException(ErrorCode.CONFLICT, "this removal was told to fail");
    }
  }

  /** What is known of a file. */
  @Internal
  @Query
  static Optional<Doc<StoredFile>> find(QueryContext ctx, String name) {
    return row(ctx, name);
  }

  /** Those of the keys that rows name: what the sweep may not delete. */
  @Internal
  @Query
  static List<String> named(QueryContext ctx, List<String> keys) {
    List<String> named = new ArrayList<>();
    for (String key : keys) {
      Id<StoredFile> id = new Id<>(key.substring(PREFIX.length()));
      if (ctx.table(StoredFileTable.TABLE).get(id).isPresent()) {
        named.add(key);
      }
    }
    return named;
  }

  /** Writes down that a file is to come. One of the same name is overwritten by it. */
  @Internal
  @Mutation
  static Id<StoredFile> announce(MutationContext ctx, String name, String contentType, int size) {
    StoredFile file = new StoredFile(name, contentType, size);
    Optional<Doc<StoredFile>> before = row(ctx, name);
    if (before.isEmpty()) {
      return ctx.table(StoredFileTable.TABLE).insert(file);
    }
    ctx.table(StoredFileTable.TABLE).replace(before.get().id(), file);
    return before.get().id();
  }

  private static Optional<Doc<StoredFile>> row(QueryContext ctx, String name) {
    return ctx.table(StoredFileTable.TABLE)
        .index(StoredFileTable.BY_NAME)
        .eq(StoredFileTable.NAME, name)
        .unique();
  }

  private static Doc<StoredFile> known(Optional<Doc<StoredFile>> file) {
    if (file.isEmpty()) {
      throw new LunoraException(ErrorCode.NOT_FOUND, "there is no file of this name");
    }
    return file.get();
  }

  /** A file that is removed and comes again gets another id, and so another key. */
  private static String key(Id<StoredFile> id) {
    return PREFIX + id.value();
  }
}
