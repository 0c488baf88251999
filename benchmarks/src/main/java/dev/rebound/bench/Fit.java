package dev.rebound.bench;

/**
 * The straight line nearest to some points, by least squares.
 *
 * @param slope of the line: what y grows by when x grows by one
 * @param error standard error of the slope
 * @param mean of y
 */
record Fit(double slope, double error, double mean) {

    private static final int FEWEST = 3;

    /**
     * A line through points.
     *
     * @param x at least three, not all the same
     * @param y as many
     */
    static Fit of(double[] x, double[] y) {
        if (x.length != y.length || x.length < FEWEST) {
            throw new IllegalArgumentException(
                    "points: " + x.length + " and " + y.length + " (expected: as many of x as of y, 3 or more)");
        }
        double meanX = mean(x);
        double meanY = mean(y);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < x.length; i++) {
            squares += (x[i] - meanX) * (x[i] - meanX);
            products += (x[i] - meanX) * (y[i] - meanY);
        }
        if (squares == 0) {
            throw new IllegalArgumentException("all x are the same");
        }
        double slope = products / squares;
        double rest = 0;
        for (int i = 0; i < x.length; i++) {
            double off = y[i] - meanY - slope * (x[i] - meanX);
            rest += off * off;
        }
        return new Fit(slope, Math.sqrt(rest / (x.length - 2) / squares), meanY);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Whether y grows beyond chance (two standard errors), and by more than this when x grows by one. */
    boolean growsBy(double tolerated) {
        return slope > tolerated && slope > 2 * error;
    }
}
