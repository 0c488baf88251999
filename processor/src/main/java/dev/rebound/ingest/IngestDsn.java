package dev.rebound.ingest;

import dev.rebound.event.Digests;
import dev.rebound.mail.DsnReader;
import dev.rebound.mail.MailReading;
import dev.rebound.mail.SetAsideReason;
import dev.rebound.schema.DeliveryEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Reads mails into a sink. Each mail becomes events or is set aside with its reason, and is noted in the ledger. */
public final class IngestDsn {
    private static final int MAILS_PER_FLUSH = 500;

    private final DsnReader reader;
    private final EventSink sink;
    private final Ledger ledger;
    private final SetAside setAside;
    private final Progress progress;
    private final StopRequest stop;

    private final Tally tally = new Tally();
    private final FlushPace pace = new FlushPace(MAILS_PER_FLUSH);
    private final Set<String> unacknowledged = new LinkedHashSet<>();

    /**
     * For one run.
     *
     * @param stop asked before each mail; true ends the run as an interrupt does: with everything read stored and noted
     */
    public IngestDsn(
            DsnReader reader,
            EventSink sink,
            Ledger ledger,
            SetAside setAside,
            Progress progress,
            BooleanSupplier stop) {
        this.reader = reader;
        this.sink = sink;
        this.ledger = ledger;
        this.setAside = setAside;
        this.progress = progress;
        this.stop = new StopRequest(stop);
    }

    /**
     * Reads the sources in order, until their end or until asked to stop; an interrupt status that ended the run is set
     * again on return.
     *
     * @throws IOException when the sink, the ledger or the set-aside directory failed; a source that cannot be read is
     *     counted instead
     * @throws InterruptedException when the sink was interrupted while it waited
     */
    public IngestSummary run(List<InputSource> sources) throws IOException, InterruptedException {
        boolean stopped = false;
        int done = 0;
        for (InputSource source : sources) {
            stopped = stop.isMade();
            if (stopped) {
                break;
            }
            read(source);
            done++;
            progress.advanced(tally.unitsRead(), tally.events(), (double) done / sources.size());
            if (pace.unitDone()) {
                acknowledge();
            }
        }
        acknowledge();
        progress.finished();
        stop.passOnInterrupt();
        return tally.summary(stopped);
    }

    private void read(InputSource source) throws IOException, InterruptedException {
        InputStream in;
        byte[] mail;
        try {
            in = source.open();
        } catch (IOException e) {
            unreadable(source);
            return;
        }
        try (in) {
            try {
                mail = in.readNBytes(DsnReader.MAX_MAIL_BYTES + 1);
            } catch (IOException e) {
                unreadable(source);
                return;
            }
            read(source, mail, in);
        }
    }

    private void read(InputSource source, byte[] mail, InputStream rest) throws IOException, InterruptedException {
        // Of a mail that is too large this is the digest of its beginning, which has its Message-ID and its trace.
        String digest = Digests.hex(mail);
        if (ledger.hasMail(digest) || unacknowledged.contains(digest)) {
            tally.alreadyRead(1);
            return;
        }
        tally.read();
        MailReading reading = reader.read(mail, source.name());
        if (reading instanceof MailReading.Report report) {
            tally.report();
            for (DeliveryEvent event : report.events()) {
                sink.accept(event);
                tally.event(event);
            }
            if (!report.refused().isEmpty()) {
                keep(source, mail, rest, digest, report.refused().get(0).reason(), report.refused());
            }
        } else if (reading instanceof MailReading.NotRead notRead) {
            tally.setAside(notRead.reason());
            keep(source, mail, rest, digest, notRead.reason(), notRead.refused());
        }
        unacknowledged.add(digest);
    }

    private void keep(
            InputSource source,
            byte[] mail,
            InputStream rest,
            String digest,
            SetAsideReason reason,
            List<MailReading.RefusedBlock> refused)
            throws IOException {
        tally.refused(refused);
        setAside.copy(source, new SequenceInputStream(new ByteArrayInputStream(mail), rest), digest, reason, refused);
    }

    private void unreadable(InputSource source) {
        tally.read();
        tally.setAside(SetAsideReason.UNREADABLE);
        String message = source.name() + ": " + SetAsideReason.UNREADABLE.sentence();
        tally.problem(message);
        progress.problem(message);
    }

    private void acknowledge() throws IOException, InterruptedException {
        stop.holdBackInterrupt();
        sink.flush();
        stop.holdBackInterrupt();
        ledger.addMails(unacknowledged);
        unacknowledged.clear();
        pace.flushed();
    }
}
