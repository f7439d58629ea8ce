package notes;

@lunora.api.App
final class NotesApp {}
