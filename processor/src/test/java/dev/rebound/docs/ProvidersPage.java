package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ProviderRow;
import dev.rebound.classify.ShippedCodes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How hosts of receiving domains are told, and those that ship. */
final class ProvidersPage {

    private ProvidersPage() {}

    static Page of() {
        CodeTable shipped = ShippedCodes.table();
        Markdown page = Markdown.generated("Providers")
                .paragraph("""
                        Who hosts a receiving domain. Most domains are in few hands: what goes wrong at `google` goes wrong for all domains
                        that have their mail there, and some [text rules](rules.md) hold for one provider alone. An event's provider is told
                        by the name of the server that answered (`remoteHost`); no DNS is asked.""")
                .paragraph("""
                        A row is a suffix of host names: `google.com` stands for the host of this name and all below it, such as
                        `gmail-smtp-in.l.google.com`. The longest suffix counts. A host without a row has no provider, and statistics call that
                        `unknown`, which no provider can be called.""")
                .heading("Changing providers")
                .fenced("sh", """
                        ./rebound providers lookup gmail-smtp-in.l.google.com       # by what ships; needs no cluster
                        ./rebound providers lookup mx1.acme.example --against-cluster
                        ./rebound providers list --origin operator                  # what is in force
                        ./rebound providers show google.com                         # merged, and by origin
                        ./rebound providers set acme.example --provider acme --name "Acme Mail"
                        ./rebound providers set mx.corp.example --provider google   # Google's hosts under another name
                        ./rebound providers set apps.google.com --no-provider       # these hosts are nobody's
                        ./rebound providers set googlemail.com --name Gmail --dry-run
                        ./rebound providers remove acme.example                     # what shipped counts again""")
                .paragraph("""
                        Changes go to topic `status-codes` as rows of origin `operator`, take effect within a second without a restart, and are
                        dated: an event is judged by the rows in force at its event time, and `--effective-from` sets when a change counts. A
                        row's id is `mx:` and its suffix. A row that cannot be used leaves the previous one in force and is shown in
                        `/health/ready`. `rebound codes export` and `rebound codes import` hold these rows, too, with all that they said
                        before.""")
                .paragraph("""
                        A provider is written in lower case letters, digits and hyphens. Its name, for people, is the provider's and not the
                        suffix's: where rows name it differently, the name set last counts everywhere, and a new provider needs one. What an
                        operator's row does not set is what the shipped row says, as long as both are about the same provider.""")
                .paragraph("""
                        `--no-provider` ends the search: a shorter suffix does not count for these hosts. To let it count, set its provider.""")
                .paragraph("""
                        Rules and policies can be for an operator's provider. `rebound rules set` and `rebound rules import` refuse one that no
                        row has; a [policy](policy.md) is read where no table is known, so that `rebound policy check` only tells which of its
                        providers do not ship.""")
                .heading("What ships")
                .paragraph("""
                        Known from replies and from public MX records, in part from memory: a provider that moves its servers needs a new row.""");
        page.table(
                List.of("provider", "name", "suffixes"),
                shipped.providerNames(Instant.EPOCH).entrySet().stream()
                        .map(provider -> List.of(
                                code(provider.getKey()),
                                plain(provider.getValue()),
                                suffixes(shipped, provider.getKey())))
                        .toList());
        return new Page("topology-docs/providers.md", page.toString());
    }

    private static String suffixes(CodeTable table, String provider) {
        return table.providerRows(Instant.EPOCH).stream()
                .filter(row -> provider.equals(row.provider()))
                .map(ProviderRow::suffix)
                .map(Markdown::code)
                .collect(Collectors.joining(", "));
    }
}
