package dev.rebound.bench;

/**
 * What a worker is told to do, as a line of JSON on its standard input: process a stream once. End of input: end.
 *
 * @param run number of the run; 0 warms up
 * @param application consumer group, and prefix of transactional ids and internal topics; new for each run
 * @param stateDirectory where state may be kept; does not exist yet
 * @param events how many events topic {@code delivery-events} holds; it gets no more
 */
record Order(int run, String application, String stateDirectory, long events) {}
