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
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
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
    private final ReadFiles readFiles;
    private final Progress progress;
    private final StopRequest stop;

    private final Tally tally = new Tally();
    private final FlushPace pace = new FlushPace(MAILS_PER_FLUSH);
    private final Set<String> unacknowledged = new LinkedHashSet<>();
    private final List<ReadFiles.Found> done = new ArrayList<>();

    /**
     * For one run.
     *
     * @param readFiles what becomes of files of which everything is stored and noted
     * @param stop asked before each mail; true ends the run as an interrupt does: with everything read stored and noted
     */
    public IngestDsn(
            DsnReader reader,
            EventSink sink,
            Ledger ledger,
            SetAside setAside,
            ReadFiles readFiles,
            Progress progress,
            BooleanSupplier stop) {
        this.reader = reader;
        this.sink = sink;
        this.ledger = ledger;
        this.setAside = setAside;
        this.readFiles = readFiles;
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
        boolean stopped = !readAll(sources, true);
        acknowledge();
        progress.finished();
        stop.passOnInterrupt();
        return tally.summary(stopped);
    }

    /**
     * Reads files as they come, each when it is complete, until asked to stop; an interrupt status that ended the run is set
     * again on return.
     *
     * @throws IOException when the sink, the ledger or the set-aside directory failed
     * @throws InterruptedException when the sink was interrupted while it waited
     */
    public IngestSummary follow(NewFiles files) throws IOException, InterruptedException {
        while (!stop.isMade() && readAll(files.complete(), false)) {
            acknowledge();
            files.await(stop::isMade);
        }
        acknowledge();
        progress.finished();
        stop.passOnInterrupt();
        return tally.summary(false);
    }

    /** @return false when asked to stop before the end */
    private boolean readAll(List<InputSource> sources, boolean shareKnown) throws IOException, InterruptedException {
        for (int i = 0; i < sources.size(); i++) {
            stop.holdBackInterrupt();
            try (MailFile file = MailFile.open(sources.get(i))) {
                for (Mail mail = file.next(); mail != null; mail = file.next()) {
                    if (stop.isMade()) {
                        return false;
                    }
                    read(mail);
                    double share = shareKnown && file.share() >= 0 ? (i + file.share()) / sources.size() : -1;
                    progress.advanced(tally.unitsRead(), tally.events(), share);
                    if (pace.unitDone()) {
                        acknowledge();
                    }
                }
                file.found().ifPresent(done::add);
            } catch (UnreadableSourceException e) {
                if (e.getCause() instanceof ClosedByInterruptException) {
                    return !stop.isMade();
                }
                unreadable(sources.get(i), e);
            }
        }
        return true;
    }

    private void read(Mail mail) throws IOException, InterruptedException {
        byte[] content = mail.content().readNBytes(DsnReader.MAX_MAIL_BYTES + 1);
        // Of a mail that is too large this is the digest of its beginning, which has its Message-ID and its trace.
        String digest = Digests.hex(content);
        if (ledger.hasMail(digest) || unacknowledged.contains(digest)) {
            tally.alreadyRead(1);
            return;
        }
        MailReading reading = reader.read(content, mail.source());
        if (reading instanceof MailReading.Report report) {
            if (!report.refused().isEmpty()) {
                keep(mail, content, digest, report.refused().get(0).reason(), report.refused());
            }
            tally.report(report.reader());
            for (DeliveryEvent event : report.events()) {
                sink.accept(event);
                tally.event(event);
            }
        } else if (reading instanceof MailReading.NotRead notRead) {
            keep(mail, content, digest, notRead.reason(), notRead.refused());
            tally.setAside(notRead.reason());
        }
        tally.read();
        unacknowledged.add(digest);
    }

    private void keep(
            Mail mail, byte[] content, String digest, SetAsideReason reason, List<MailReading.RefusedBlock> refused)
            throws IOException {
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(content), mail.content());
        setAside.copy(mail, whole, digest, reason, refused);
        tally.refused(refused);
    }

    private void unreadable(InputSource source, UnreadableSourceException problem) {
        tally.read();
        tally.setAside(SetAsideReason.UNREADABLE);
        tell(source.name() + ": " + SetAsideReason.UNREADABLE.sentence() + " " + problem.getMessage());
    }

    private void acknowledge() throws IOException, InterruptedException {
        stop.holdBackInterrupt();
        sink.flush();
        stop.holdBackInterrupt();
        ledger.addMails(unacknowledged);
        unacknowledged.clear();
        done.forEach(this::move);
        done.clear();
        pace.flushed();
    }

    private void move(ReadFiles.Found file) {
        if (!readFiles.areMoved()) {
            return;
        }
        try {
            readFiles.move(file);
            tally.moved();
        } catch (IOException e) {
            tally.notMoved();
            tell(e.getMessage());
        }
    }

    private void tell(String problem) {
        tally.problem(problem);
        progress.problem(problem);
    }
}
