CREATE TABLE "settings" ("_seq" INTEGER PRIMARY KEY, "_id" TEXT NOT NULL UNIQUE, "_creationTime" REAL NOT NULL, "_doc" TEXT NOT NULL, "owner", "name");
CREATE INDEX "settings._by_creation_time" ON "settings" ("_creationTime");
CREATE INDEX "settings.by_owner" ON "settings" ("owner", "name", "_creationTime");
CREATE UNIQUE INDEX "settings.by_owner.unique" ON "settings" ("owner", "name");
