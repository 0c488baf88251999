package dev.rebound.archive;

/**
 * A schema that values were written with.
 *
 * @param id its id in the registry of the topic's cluster, as in the first bytes of the values
 * @param schema the schema as JSON, whole: without references to others
 */
record KeptSchema(int id, String schema) implements Entry {}
