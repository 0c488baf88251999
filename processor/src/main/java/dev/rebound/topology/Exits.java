package dev.rebound.topology;

/**
 * The steps behind one that decodes, by name. It sends each output to the one that it is for, so that no step has to sort them again.
 *
 * @param inPlace takes what can be processed here
 * @param misplaced takes what has to go through a repartition topic first
 * @param dead takes dead letters
 */
record Exits(String inPlace, String misplaced, String dead) {

    /** Of records that this application has put in their place itself. */
    static Exits ofRekeyed(String inPlace, String dead) {
        return new Exits(inPlace, inPlace, dead);
    }
}
