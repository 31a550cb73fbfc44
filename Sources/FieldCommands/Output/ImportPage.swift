import CommandKit
import OutreachSchema
import SyncCore

/// What an import came to, or would come to; and the file of the rows that stayed out.
struct ImportPage {
    let run: ImportRun
    let isJSON: Bool

    static let rejectsEnding = ".rejects.csv"
    /// Reasons that are said on the terminal; the file of rejects has them all.
    private static let reasonsSaid = 5
    /// Numbers that are tried in the name of the file of rejects.
    private static let nameLimit = 1_000
    private var words: FieldReportMessages { Messages.fieldReports }

    /// Never over another file: a number is put into the name.
    ///
    /// - Returns: nil where nothing can be written; then the reasons have been said.
    func writeRejects(to wanted: String) -> String? {
        let ending = Self.rejectsEnding
        let stem = wanted.hasSuffix(ending) ? String(wanted.dropLast(ending.count)) : wanted
        let bytes = run.reader.rejectsFile(run.rejected, in: .current)
        for number in 1...Self.nameLimit {
            let tail = number == 1 ? "" : "-\(number)"
            let path = wanted.hasSuffix(ending) ? stem + tail + ending : wanted + tail
            do {
                if try FileBytes.create(bytes, at: path) { return path }
            } catch {
                break
            }
        }
        let console = Console.current
        console.warn(Messages.fieldDesk.rejectsNotWritten.text(["path": wanted]))
        for row in run.rejected { console.say("  " + row.reason(in: .current).sanitised()) }
        return nil
    }

    func show(rejectsFile: String?) {
        let console = Console.current
        guard !isJSON else { return console.print(json(rejectsFile: rejectsFile)) }
        let encoding = run.reader.encoding?.rawValue ?? "XLSX/JSON"
        console.print(words.rowsRead.text(["n": run.readCount, "encoding": encoding]))
        var form = Form()
        form.append(words.rowsNew.text(), "\(run.newCount)")
        form.append(Messages.fieldDesk.rowsChanged.text(), "\(run.changedCount)")
        form.append(words.rowsPresent.text(), "\(run.presentCount)")
        form.append(words.rowsRejected.text(), "\(run.rejected.count)")
        if run.reader.totalRows > 0 {
            form.append(Messages.fieldDesk.rowsTotals.text(), "\(run.reader.totalRows)")
        }
        console.print(form)
        showChanges(on: console)
        sayProblems(rejectsFile, on: console)
        if run.isDryRun { console.say(Messages.fieldDesk.dryRunDone.text()) }
    }

    private func showChanges(on console: Console) {
        for change in run.changes {
            func text(_ value: Value) -> String {
                let text = run.open.presenter.text(of: value, for: change.field)
                return text.isEmpty ? Messages.fieldWhy.nothing.text() : text
            }
            console.print(
                console.wrapped(
                    "  "
                        + Messages.fieldDesk.change.text([
                            "line": change.line, "id": change.id.hex.prefix(12),
                            "field": change.field.label[.current], "old": text(change.old),
                            "new": text(change.new),
                        ])))
        }
        let rest = run.changedCells - run.changes.count
        if rest > 0 { console.print("  " + Messages.fieldDesk.moreChanges.text(["n": rest])) }
    }

    private func sayProblems(_ rejectsFile: String?, on console: Console) {
        let ignored = run.reader.header.ignoredColumns
        if !ignored.isEmpty {
            console.warn(words.columnsIgnored.text(["names": ignored.joined(separator: ", ")]))
        }
        guard rejectsFile != nil || run.isDryRun else { return }
        for row in run.rejected.prefix(Self.reasonsSaid) {
            console.say("  " + row.reason(in: .current).sanitised())
        }
        let rest = run.rejected.count - Self.reasonsSaid
        if rest > 0 { console.say("  " + words.moreRejected.text(["n": rest])) }
        if let rejectsFile { console.say(words.rejectsWritten.text(["path": rejectsFile])) }
    }

    private func json(rejectsFile: String?) -> JSONOutput {
        [
            "collection": .string(run.reader.collection.name), "read": .int(run.readCount),
            "new": .int(run.newCount), "changed": .int(run.changedCount),
            "already_here": .int(run.presentCount), "rejected": .int(run.rejected.count),
            "totals": .int(run.reader.totalRows), "dry_run": .bool(run.isDryRun),
            "rejects_file": JSONOutput(rejectsFile),
            "encoding": JSONOutput(run.reader.encoding?.rawValue),
            "ignored_columns": .array(run.reader.header.ignoredColumns.map { .string($0) }),
        ]
    }
}
