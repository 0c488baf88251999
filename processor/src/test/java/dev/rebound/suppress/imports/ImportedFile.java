package dev.rebound.suppress.imports;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** A file as it was imported. */
record ImportedFile(ImportSummary summary, List<ImportedRow> good, List<BadRow> bad) {

    static ImportedFile read(String name, String text, ImportFormat format) throws InvalidImportException, IOException {
        List<ImportedRow> good = new ArrayList<>();
        List<BadRow> bad = new ArrayList<>();
        ImportSummary summary = SuppressionImport.read(name, new StringReader(text), format, good::add, bad::add);
        return new ImportedFile(summary, good, bad);
    }

    static ImportedFile read(String text) throws InvalidImportException, IOException {
        return read("list.csv", text, null);
    }
}
