package dev.rebound.lookup;

import dev.rebound.event.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * How far a listing has come. Clients get it as text that says nothing to them and fits their filter alone.
 *
 * @param partition the partition to go on with
 * @param after the key behind which to go on; empty for the beginning of the partition
 */
record Cursor(int partition, String after) {

    static final Cursor BEGINNING = new Cursor(0, "");

    private static final byte VERSION = 1;
    private static final int SEAL = 8;
    private static final int HEAD = 1 + Integer.BYTES;
    private static final String EXPECTED =
            "this is no cursor of these parameters (expected: the cursor of the answer before, and the same filters as then)";

    /** Text for clients. */
    String text(SuppressionFilter filter) {
        byte[] content = content();
        byte[] sealed = ByteBuffer.allocate(content.length + SEAL)
                .put(content)
                .put(seal(content, filter))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /**
     * Reads what {@link #text} wrote for the same filter.
     *
     * @param partitions number of partitions
     * @throws InvalidLookupException when it did not
     */
    static Cursor parse(String text, SuppressionFilter filter, int partitions) throws InvalidLookupException {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidLookupException("cursor", EXPECTED);
        }
        if (sealed.length < HEAD + SEAL || sealed[0] != VERSION) {
            throw new InvalidLookupException("cursor", EXPECTED);
        }
        ByteBuffer content = ByteBuffer.wrap(sealed, 1, sealed.length - 1 - SEAL);
        int partition = content.getInt();
        Cursor cursor =
                new Cursor(partition, StandardCharsets.UTF_8.decode(content).toString());
        if (!cursor.text(filter).equals(text) || partition < 0 || partition >= partitions) {
            throw new InvalidLookupException("cursor", EXPECTED);
        }
        return cursor;
    }

    private byte[] content() {
        byte[] key = after.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + key.length)
                .put(VERSION)
                .putInt(partition)
                .put(key)
                .array();
    }

    /** Not a secret: it tells mistakes, not attacks. Whoever may list may list everything. */
    private static byte[] seal(byte[] content, SuppressionFilter filter) {
        byte[] filtered = filter.parameters().toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(content.length + filtered.length)
                .put(content)
                .put(filtered)
                .array();
        return HexFormat.of().parseHex(Digests.hex(all).substring(0, 2 * SEAL));
    }
}
