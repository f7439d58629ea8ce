package lunora.stream;

import lunora.host.remote.Background;

/** What every stream of a shard needs. */
record StreamTools(StreamFrames frames, Failures failures, Background background) {}
