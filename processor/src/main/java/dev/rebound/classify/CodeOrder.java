package dev.rebound.classify;

import dev.rebound.schema.Layer;
import java.util.Comparator;
import java.util.List;

/** The order in which people read the table: classes and groups, basic codes, then enhanced codes by their numbers. */
enum CodeOrder implements Comparator<CodeId> {
    INSTANCE;

    private static final List<Layer> LAYERS =
            List.of(Layer.CLASS, Layer.GROUP, Layer.BASIC, Layer.SUBJECT, Layer.EXACT);

    @Override
    public int compare(CodeId a, CodeId b) {
        int byLayer = Integer.compare(LAYERS.indexOf(a.layer()), LAYERS.indexOf(b.layer()));
        return byLayer != 0
                ? byLayer
                : compareNumbers(a.text().split("\\."), b.text().split("\\."));
    }

    private static int compareNumbers(String[] a, String[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int byLength = Integer.compare(a[i].length(), b[i].length());
            int byText = byLength != 0 ? byLength : a[i].compareTo(b[i]);
            if (byText != 0) {
                return byText;
            }
        }
        return Integer.compare(a.length, b.length);
    }
}
