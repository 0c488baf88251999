package dev.rebound.suppressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the erasure of an address found and did.
 *
 * @param lists lists on which everything about the address was erased
 * @param suppressed those of them on which it was suppressed, and stays so by its stand-in
 * @param standIn the stand-in
 * @param commands how many earlier commands were about it, and were erased
 * @param processed the processor has carried the erasure out; false: it does not run, or not under the configured
 *     {@code application.id}, and the erasure has to be given again once it does
 * @param checked the feed was looked at afterwards; false: there was no time for it, or the processor did not carry it out
 * @param left lists on which the feed names the address all the same, because something new was heard of it meanwhile
 * @param remains what goes later, or by other hands
 */
public record ErasureReport(
        List<String> lists,
        List<String> suppressed,
        String standIn,
        long commands,
        boolean processed,
        boolean checked,
        List<String> left,
        List<Remainder> remains) {

    /**
     * Where the address can still be found.
     *
     * @param where place
     * @param until until when, or what ends it
     */
    public record Remainder(String where, String until) {}

    /** Nothing is left in feed, state and commands. */
    @JsonProperty
    public boolean complete() {
        return processed && checked && left.isEmpty();
    }
}
