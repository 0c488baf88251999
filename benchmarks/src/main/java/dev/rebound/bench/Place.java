package dev.rebound.bench;

/** Where an event stands in the input topic. */
record Place(int partition, long offset) {}
