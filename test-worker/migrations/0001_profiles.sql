CREATE TABLE "profiles" ("_seq" INTEGER PRIMARY KEY, "_id" TEXT NOT NULL UNIQUE, "_creationTime" REAL NOT NULL, "_doc" TEXT NOT NULL, "name");
CREATE INDEX "profiles._by_creation_time" ON "profiles" ("_creationTime");
CREATE INDEX "profiles.by_name" ON "profiles" ("name", "_creationTime");
CREATE UNIQUE INDEX "profiles.by_name.unique" ON "profiles" ("name");
