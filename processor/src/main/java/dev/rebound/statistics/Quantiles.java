package dev.rebound.statistics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How values are distributed: a DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019), whose quantiles are within {@value #ACCURACY} of
 * the true value, relatively. Unlike sketches that choose by chance it is a plain histogram of logarithmic buckets: the same values
 * give the same sketch, in whatever order and grouping they come.
 */
public final class Quantiles {

    /** Relative error of a quantile at most. */
    public static final double ACCURACY = 0.02;

    private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(ACCURACY);
    private static final byte[] NONE = {};

    private DDSketch sketch;

    /** Adds a value, 0 or greater. */
    void add(double value) {
        sketch().accept(value);
    }

    void add(Quantiles other) {
        if (other.sketch != null) {
            sketch().mergeWith(other.sketch);
        }
    }

    private DDSketch sketch() {
        if (sketch == null) {
            sketch = new DDSketch(MAPPING, SortedStore::new);
        }
        return sketch;
    }

    /** Number of values. */
    public long count() {
        return sketch == null ? 0 : Math.round(sketch.getCount());
    }

    /** The value that a share of the values does not exceed; share from 0 to 1. @throws IllegalStateException when there are no values */
    public double at(double share) {
        if (count() == 0) {
            throw new IllegalStateException("there are no values");
        }
        return sketch.getValueAtQuantile(share);
    }

    /** Empty when there are no values. */
    byte[] bytes() {
        if (sketch == null) {
            return NONE;
        }
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
        try {
            sketch.encode(out, true);
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
        return out.trimmedCopy();
    }

    static Quantiles parse(byte[] bytes) {
        Quantiles quantiles = new Quantiles();
        if (bytes.length > 0) {
            try {
                quantiles.sketch = DDSketch.decode(ByteArrayInput.wrap(bytes), SortedStore::new, MAPPING);
            } catch (IOException e) {
                throw new IllegalArgumentException("no sketch of quantiles", e);
            }
        }
        return quantiles;
    }
}
