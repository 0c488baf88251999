package dev.rebound.ingest;

import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it accepted apart from what it acknowledged; can refuse to acknowledge. */
final class RecordingSink implements EventSink {
    private final List<DeliveryEvent> pending = new ArrayList<>();
    final List<DeliveryEvent> stored = new ArrayList<>();
    boolean failing;

    @Override
    public void accept(DeliveryEvent event) {
        pending.add(event);
    }

    @Override
    public void flush() throws IOException {
        if (failing) {
            throw new IOException("broker gone");
        }
        stored.addAll(pending);
        pending.clear();
    }

    List<String> recipients() {
        return stored.stream().map(DeliveryEvent::getRecipient).toList();
    }
}
