package dev.rebound.bench;

/**
 * What a {@link LiveWorker} is asked, as a line of JSON on its standard input.
 *
 * @param collect whether it first has to collect all garbage
 */
record Ask(boolean collect) {}
