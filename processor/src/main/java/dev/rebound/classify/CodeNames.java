package dev.rebound.classify;

/** Codes as text, made once: every reply names some, and nearly all of them are these. */
final class CodeNames {

    private static final int SUBJECTS = 8;
    private static final int DETAILS = 52;
    private static final int CLASSES = 6;

    private static final String[] BASIC = new String[600];
    private static final String[] ENHANCED = new String[CLASSES * SUBJECTS * DETAILS];
    private static final String[] SUBJECT = new String[CLASSES * SUBJECTS];
    private static final String[] CLASS_ROW = new String[CLASSES];
    private static final String[] GROUP_ROW = new String[CLASSES];

    static {
        for (int code = 100; code < BASIC.length; code++) {
            BASIC[code] = Integer.toString(code);
        }
        for (int digit = 0; digit < CLASSES; digit++) {
            CLASS_ROW[digit] = digit + ".XXX.YYY";
            GROUP_ROW[digit] = digit + "xx";
            for (int subject = 0; subject < SUBJECTS; subject++) {
                SUBJECT[digit * SUBJECTS + subject] = digit + "." + subject;
                for (int detail = 0; detail < DETAILS; detail++) {
                    ENHANCED[(digit * SUBJECTS + subject) * DETAILS + detail] = digit + "." + subject + "." + detail;
                }
            }
        }
    }

    private CodeNames() {}

    /** {@code 550}. @param code from 100 to 599 */
    static String basic(int code) {
        return BASIC[code];
    }

    /** {@code 5.1.1}. @param digit from 1 to 5 */
    static String enhanced(int digit, int subject, int detail) {
        return subject < SUBJECTS && detail < DETAILS
                ? ENHANCED[(digit * SUBJECTS + subject) * DETAILS + detail]
                : digit + "." + subject + "." + detail;
    }

    /** The row of the subject that an enhanced code belongs to: {@code 5.1}. */
    static String subjectRow(String enhanced) {
        int dot = enhanced.lastIndexOf('.');
        return dot == 3 && enhanced.charAt(2) - '0' < SUBJECTS
                ? SUBJECT[(enhanced.charAt(0) - '0') * SUBJECTS + enhanced.charAt(2) - '0']
                : enhanced.substring(0, dot);
    }

    /** The row of a class: {@code 5.XXX.YYY}. @param digit from 1 to 5 */
    static String classRow(int digit) {
        return CLASS_ROW[digit];
    }

    /** The row of a group: {@code 5xx}. @param digit from 1 to 5 */
    static String groupRow(int digit) {
        return GROUP_ROW[digit];
    }
}
