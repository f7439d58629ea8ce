package notes;

@lunora.api.App(accept = "drop notes.color")
final class NotesApp {}
