package chat;

import lunora.api.App;

@App
final class Chat {}
