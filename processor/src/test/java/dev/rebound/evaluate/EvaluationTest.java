package dev.rebound.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    private static final String LABELLED = """
            id\treply\tstatus\tcategory\tscope\tdoubt
            hit\t550 5.1.1 no such user\t\tBAD_MAILBOX\t\t
            missed\t550 go away\t\tBAD_MAILBOX\t\t
            wrong\t550 5.1.1 refused\t\tSPAM_CONTENT\t\t
            full\t452-4.2.2 the box\\n452 4.2.2 is full\t\tMAILBOX_FULL\t\t
            silent\t\t5.0.0\t\tunknown\t
            closed\t\t5.2.1\tMAILBOX_DISABLED\tGONE\t
            aside\t550 5.1.1 odd\t\tRATE_LIMITED\t\tundecided
            """;

    @TempDir
    private Path directory;

    private Evaluation evaluate(String table) throws Exception {
        Path file = Files.writeString(directory.resolve("labelled.tsv"), table);
        return Evaluation.of(file, event -> Classifier.classify(event, ShippedCodes.table()));
    }

    @Test
    void countsWhatIsRight() throws Exception {
        Evaluation evaluation = evaluate(LABELLED);

        assertThat(evaluation.scored()).isEqualTo(6);
        assertThat(evaluation.aside()).isEqualTo(Map.of("doubtful label", 1));
        assertThat(evaluation.gonePrecision()).as("hit, of hit and wrong").isEqualTo(0.5);
        assertThat(evaluation.goneRecall()).as("hit, of hit, missed and closed").isCloseTo(1 / 3.0, within(1e-9));
        assertThat(evaluation.scopeAccuracy())
                .as("hit and full, of all but silent")
                .isEqualTo(0.4);
        assertThat(evaluation.categoryAccuracy())
                .as("hit, full and closed, of all but silent")
                .isEqualTo(0.6);
        assertThat(evaluation.categories().get("MAILBOX_FULL")).isEqualTo(new Evaluation.CategoryCount(1, 1, 1));
        assertThat(evaluation.categories().values().stream()
                        .mapToInt(Evaluation.CategoryCount::labelled)
                        .sum())
                .isEqualTo(5);
        assertThat(evaluation.unknownShare()).as("missed and silent, of six").isCloseTo(2 / 6.0, within(1e-9));
        assertThat(evaluation.misses()).extracting(Evaluation.Miss::id).containsExactly("missed", "wrong", "closed");
    }

    @Test
    void theReportNamesFiguresAndMisses() throws Exception {
        StringWriter text = new StringWriter();
        EvaluationReport.print(evaluate(LABELLED), new PrintWriter(text));

        assertThat(text.toString())
                .contains("rows scored         6", "precision 0.500, recall 0.333", "scope right         40.0 %")
                .contains("wrong: MESSAGE_OR_POLICY, found GONE (BAD_MAILBOX by EXACT 5.1.1): 550 5.1.1 refused");
    }

    @Test
    void twoEvaluationsAreComparedByWhatWasGainedAndLost() throws Exception {
        Evaluation before = evaluate(LABELLED);
        Evaluation after = Evaluation.of(
                directory.resolve("labelled.tsv"),
                event -> Classifier.classify(
                        DeliveryEvent.newBuilder(event)
                                .setReply("550 5.1.1 no such user")
                                .build(),
                        ShippedCodes.table()));
        StringWriter text = new StringWriter();
        EvaluationReport.printChange(before, after, new PrintWriter(text));

        assertThat(text.toString())
                .contains("rows scored                  6")
                .containsPattern("gone precision +0\\.500 +0\\.500")
                .containsPattern("gone recall +0\\.333 +1\\.000")
                .containsPattern("right with the rules, wrong without: 1\\Rmissed: GONE, found UNKNOWN")
                .containsPattern("wrong with the rules, right without: 2\\Rfull: .*\\Rsilent: ")
                .containsPattern("wrong in another way with the rules: 1\\Rclosed: GONE, found GONE .BAD_MAILBOX");
    }

    @Test
    void readsScopesAsOtherCollectionsCallThem() throws Exception {
        Evaluation evaluation = evaluate("id\tdiagnostic\tdsn_status\texpected_scope\tkind\n"
                + "a\t550 5.1.1 x\t\trecipient-gone\tbounce\n"
                + "b\t550 5.1.2 x\t\tdomain-gone\tbounce\n"
                + "c\t550 5.7.1 x\t\tsender/policy\tbounce\n"
                + "d\tx\t\tunknown\tfeedback\n");

        assertThat(evaluation.scored()).isEqualTo(3);
        assertThat(evaluation.misses()).isEmpty();
        assertThat(evaluation.aside()).isEqualTo(Map.of("no bounce: feedback", 1));
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> evaluate("")).isInstanceOf(InvalidLabelsException.class);
        assertThatThrownBy(() -> evaluate("text\tcategory\n")).hasMessageContaining("no column reply or status");
        assertThatThrownBy(() -> evaluate("reply\n")).hasMessageContaining("nothing to compare with");
        assertThatThrownBy(() -> evaluate("reply\tcategory\n550 x\tNONSENSE\n"))
                .hasMessageContainingAll("labelled.tsv:2", "NONSENSE", "BAD_MAILBOX");
        assertThatThrownBy(() -> evaluate("reply\tscope\n550 x\tnobody\n"))
                .hasMessageContainingAll("labelled.tsv:2", "scope nobody");
        assertThatThrownBy(() -> evaluate("reply\tcategory\n550 x\n"))
                .hasMessageContainingAll("labelled.tsv:2", "1 cells (expected: 2");
    }

    @Test
    void withoutRowsNothingIsWrong() throws Exception {
        Evaluation evaluation = evaluate("reply\tcategory\n");

        assertThat(evaluation.gonePrecision()).isEqualTo(1);
        assertThat(evaluation.goneRecall()).isEqualTo(1);
        assertThat(evaluation.unknownShare()).isZero();
        assertThat(evaluation.categoryAccuracy()).isNaN();
    }
}
