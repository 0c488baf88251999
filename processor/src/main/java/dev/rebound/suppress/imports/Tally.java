package dev.rebound.suppress.imports;

import java.util.function.Consumer;

/** Hands rows over and counts them. For one thread. */
final class Tally {

    private final Consumer<ImportedRow> goodRows;
    private final Consumer<BadRow> badRows;
    private final AddressSet seen = new AddressSet();
    private long good;
    private long bad;
    private long duplicates;
    private long likeBlocks;

    Tally(Consumer<ImportedRow> goodRows, Consumer<BadRow> badRows) {
        this.goodRows = goodRows;
        this.badRows = badRows;
    }

    void good(ImportedRow row) {
        if (seen.add(row.address())) {
            good++;
            goodRows.accept(row);
        } else {
            duplicates++;
        }
    }

    void bad(long row, BadRowException reason) {
        bad++;
        likeBlocks += reason.mayBeBlock() ? 1 : 0;
        badRows.accept(new BadRow(row, reason.getMessage()));
    }

    /** There were rows, and all were such as SendGrid's export of blocks holds. */
    boolean isAllLikeBlocks() {
        return good == 0 && likeBlocks > 0 && likeBlocks == bad;
    }

    ImportSummary summary(ImportFormat format) {
        return new ImportSummary(format, good + bad + duplicates, good, bad, duplicates);
    }
}
