import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore
import SyncProtocol

/// A verification as a person reads it: the verdict first, then facts, problems, and what was not
/// looked at.
struct VerifyPage {
    let report: VerifyReport
    private let words = Messages.auditVerify

    init(_ report: VerifyReport) {
        self.report = report
    }

    func print(to console: Console) {
        let style: TextStyle = report.isOK ? .green : .red
        console.print(console.styled(verdict, style))
        if !report.isComplete { console.print(words.incomplete.text()) }
        console.print(paragraphs: problemLines)
        console.print(form)
        console.print(paragraphs: checkLines)
        if !report.problems.isEmpty { console.say(words.advice.text()) }
    }

    private var verdict: String {
        guard report.problems.isEmpty else {
            let count = report.problems.count + report.omitted.values.reduce(0, +)
            return words.problemCount.text(["n": count])
        }
        if let trusted = report.trusted, trusted.source == .checkpoint {
            return words.okSince.text(["position": trusted.position])
        }
        return (report.subject == .replica ? words.okReplica : words.okHub).text()
    }

    private var problemLines: [String] {
        report.problems.map { "  " + VerifyWords.line($0) }
            + report.omitted.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                "  " + words.more.text(["kind": $0.key.rawValue, "n": $0.value])
            }
    }

    private var form: Form {
        var form = Form()
        let subject =
            switch report.subject {
            case .hub: words.hubData
            case .replica: words.replica
            case .address: words.hubAddress
            }
        form.append(words.subject.text(), "\(report.name) (\(subject.text()))")
        if let space = report.space { form.append(words.space.text(), space.hex) }
        if let key = report.hubKey { form.append(words.hubKey.text(), key.hex) }
        if let epoch = report.epoch { form.append(words.epoch.text(), epoch.hex) }
        form.append(words.head.text(), head)
        form.append(words.batches.text(), String(report.batches))
        form.append(words.changes.text(), String(report.changes))
        if report.quarantined > 0 {
            form.append(words.quarantined.text(), String(report.quarantined))
        }
        if report.suspect > 0 { form.append(words.suspect.text(), String(report.suspect)) }
        appendHealing(to: &form)
        for one in report.cosignatures {
            let time = ZoneRules.utc.localTime(atUTCSeconds: one.time)
            form.append(
                words.cosigned.text(),
                words.cosignedValue.text([
                    "name": one.witness.name, "size": one.size, "time": "\(time)",
                ]))
        }
        if report.subject == .replica {
            form.append(words.receipts.text(), String(report.receipts))
            form.append(words.pending.text(), String(report.pending))
        }
        form.append(words.records.text(), String(report.records))
        for (name, count) in report.recordsByCollection.sorted(by: { $0.key < $1.key }) {
            let label = Schema.outreach.label(ofCollection: name)?[.current]
            form.append("  " + (label ?? name), String(count))
        }
        return form
    }

    /// Copies and restores: only where there were any.
    private func appendHealing(to form: inout Form) {
        for epoch in report.epochs.dropFirst() {
            form.append(
                words.epochBegan.text(),
                words.epochValue.text([
                    "epoch": String(epoch.id.hex.prefix(12)), "size": epoch.size,
                    "cause": epoch.cause ?? "",
                ]))
        }
        for (message, count) in [
            (words.reoffered, report.reoffered), (words.adopting, report.adopting),
            (words.vouchedOnly, report.vouchedOnly), (words.repeats, report.repeats),
        ] where count > 0 {
            form.append(message.text(), String(count))
        }
    }

    private var head: String {
        guard let head = report.head?.head else { return words.noHead.text() }
        let time = ZoneRules.utc.localTime(atUTCSeconds: head.time / 1_000)
        return words.headValue.text([
            "size": head.size, "root": String(head.root.hex.prefix(12)), "time": "\(time)",
        ])
    }

    private var checkLines: [String] {
        var lines: [String] = []
        if let trusted = report.trusted, trusted.position > 0 {
            let message =
                trusted.source == .checkpoint ? words.trustCheckpoint : words.trustKept
            lines.append(
                message.text(["position": trusted.position, "path": trusted.name]))
        }
        lines.append(VerifyWords.checked(report.checked))
        lines += report.notChecked.map { VerifyWords.text($0) }
        if !report.unproved.isEmpty {
            let tables = report.unproved.map { "\($0.name) \($0.rows)" }
            lines.append(words.unproved.text(["list": tables.joined(separator: ", ")]))
        }
        if report.healedCount > 0 { lines.append(words.healed.text(["n": report.healedCount])) }
        return lines
    }
}
