package dev.rebound.archive;

import java.util.List;

/**
 * What a run added to an archive.
 *
 * @param topic the topic that was read
 * @param records records that were archived
 * @param files files that hold them
 * @param bytes size of these files
 * @param gaps offsets that the topic had lost before they were archived, found by this run
 * @param tooEarly offsets that were asked for and are still in the topic, but before those that are archived, where nothing can be added
 * @param unknownSchema records whose values refer to a schema that the registry does not know or that is not Avro, so that the archive does
 *     not have it
 * @param complete false when the run was stopped before its end; the next one goes on there
 */
public record WriteReport(
        String topic,
        long records,
        int files,
        long bytes,
        List<OffsetGap> gaps,
        List<OffsetGap> tooEarly,
        long unknownSchema,
        boolean complete) {}
