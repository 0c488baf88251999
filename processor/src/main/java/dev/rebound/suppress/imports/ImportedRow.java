package dev.rebound.suppress.imports;

import dev.rebound.schema.SuppressionReason;
import java.time.Instant;

/**
 * An address that another system lists.
 *
 * @param row line of the file on which the row begins, from 1
 * @param address address in normal form, see {@link dev.rebound.address.EmailAddress}; or {@code @} and a domain in A-label
 *     form, for a whole domain
 * @param reason why it is listed
 * @param category name of one of {@link dev.rebound.classify.Categories}, by the reply that is listed with the address; null
 *     when there is no reply, or it does not say
 * @param detail the provider's own words, addresses masked, white space and control characters as single blanks, at most 300
 *     characters; null when there are none
 * @param since when the provider listed it; null when the file does not say
 */
public record ImportedRow(
        long row, String address, SuppressionReason reason, String category, String detail, Instant since) {}
