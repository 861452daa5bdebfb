package io.fairlead.agent.rfb;

/**
 * What went through, in numbers only.
 *
 * @param bytes sent to the viewer
 * @param updates pictures or parts of them that began
 * @param keys presses and releases of keys that reached the server
 * @param pointers moves and clicks that reached the server
 * @param textsIn texts of the clipboard that reached the server
 * @param textsOut texts of the clipboard that reached the viewer
 * @param droppedInput keys, moves, clicks and texts of the viewer that did not pass
 * @param droppedTexts texts of the server that did not pass
 */
public record Counts(
        long bytes,
        long updates,
        long keys,
        long pointers,
        long textsIn,
        long textsOut,
        long droppedInput,
        long droppedTexts) {}
