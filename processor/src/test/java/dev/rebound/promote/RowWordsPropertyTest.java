package dev.rebound.promote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RowWordsPropertyTest {

    private static final String ID = "5.1.1";
    private static final int MOMENTS = 6;

    /** Null for none; revisions in few moments, so that they hide each other. */
    private static StatusCode row(Random random) {
        List<StatusCodeRevision> revisions = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            boolean withdrawn = random.nextInt(4) == 0;
            revisions.add(StatusCodeRevision.newBuilder()
                    .setEffectiveFrom(random.nextInt(3) == 0 ? null : Instant.ofEpochMilli(random.nextInt(MOMENTS)))
                    .setRecordedAt(Instant.ofEpochMilli(random.nextInt()))
                    .setRecordedBy("somebody" + random.nextInt(3))
                    .setWithdrawn(withdrawn)
                    .setBounceType(withdrawn ? null : random.nextBoolean() ? BounceType.HARD : BounceType.SOFT)
                    .build());
        }
        return revisions.isEmpty() ? null : new StatusCode(ID, "operator", revisions);
    }

    private static List<BounceType> atAllTimes(StatusCode row) {
        CodeTable table = CodeTable.of(row == null ? List.of() : List.of(row));
        List<BounceType> said = new ArrayList<>();
        for (int moment = -1; moment <= MOMENTS; moment++) {
            StatusCodeRevision revision =
                    table.inForce(Origin.OPERATOR, ID, moment < 0 ? Instant.MIN : Instant.ofEpochMilli(moment));
            said.add(revision == null ? BounceType.NONE : revision.getBounceType());
        }
        return said;
    }

    @Property
    void rowsWithTheSameWordsSayTheSameAtAllTimesAndNoOthers(@ForAll long seed) {
        Random random = new Random(seed);
        StatusCode one = row(random);
        StatusCode other = row(random);

        assertThat(RowWords.of(one).equals(RowWords.of(other)))
                .isEqualTo(atAllTimes(one).equals(atAllTimes(other)));
    }

    @Property
    void aRowCanBeMadeToSayWhatAnotherSaysAndThenWhatItSaid(@ForAll long seed) {
        Random random = new Random(seed);
        StatusCode before = row(random);
        StatusCode wanted = row(random);
        if (before == null && wanted == null) {
            return;
        }

        StatusCode now = RowWords.saying(before, wanted, Instant.EPOCH, "ann");
        assertThat(atAllTimes(now)).isEqualTo(atAllTimes(wanted));
        assertThat(RowWords.of(now)).isEqualTo(RowWords.of(wanted));
        if (before != null) {
            assertThat(now.getRevisions()).startsWith(before.getRevisions().toArray(StatusCodeRevision[]::new));
        }

        StatusCode back = RowWords.saying(now, before, Instant.EPOCH, "bob");
        assertThat(atAllTimes(back)).isEqualTo(atAllTimes(before));
    }
}
