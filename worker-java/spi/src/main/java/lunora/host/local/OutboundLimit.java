package lunora.host.local;

/**
 * How much may wait for a socket whose client does not read, and how a socket beyond it is closed.
 *
 * @param bytesMax bytes of earlier turns that may wait, besides one frame that is longer than that
 *     by itself; with what the current turn sends, eight times as many
 * @param closeCode what a socket is closed with that is to take a frame while more waits
 * @param closeReason at most 123 UTF-8 bytes
 */
public record OutboundLimit(int bytesMax, int closeCode, String closeReason) {}
