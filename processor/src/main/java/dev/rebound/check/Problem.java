package dev.rebound.check;

/**
 * Why something does not work, in a user's words.
 *
 * @param finding what is the matter
 * @param remedy what to do about it
 */
record Problem(String finding, String remedy) {

    /** Whether the problem, or one that caused it, is of this kind. */
    static boolean isCausedBy(Throwable problem, Class<? extends Throwable> kind) {
        return cause(problem, kind) != null;
    }

    /** The first of this kind among the problem and its causes; null for none. */
    static <T extends Throwable> T cause(Throwable problem, Class<T> kind) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    /** What the innermost cause says; its kind where it says nothing. */
    static String innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** All that the problem and its causes say, to look for words in. */
    static String everything(Throwable problem) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
