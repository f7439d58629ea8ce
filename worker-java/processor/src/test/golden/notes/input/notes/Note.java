package notes;

import lunora.api.Document;

@Document(table = "notes", rls = true)
record Note(String owner, boolean shared) {}
