import CommandKit
import SharedWords
import SyncCore
import SyncHub
import SyncProtocol

/// The result of an import at the hub, for programs and for people.
struct IntakePage {
    let report: BundleIntakeReport
    /// Devices by what people call them.
    let names: [DeviceID: String]

    var json: JSONOutput {
        [
            "enrolled": .array(report.enrolled.sorted().map { .string($0.hex) }),
            "batches": .int(report.batches), "changes": .int(report.changes),
            "repeated": .int(report.repeated),
            "answered": .array(report.answered.sorted().map { .string($0.hex) }),
            "pages": .int(report.pages),
            "incomplete": .array(report.incomplete.sorted().map { .string($0.hex) }),
            "passed_over": .int(report.passedOver), "unknown": .int(report.unknown),
            "refused_count": .int(report.refusedCount),
            "refused": .array(report.refused.map { json($0) }),
            "answer": JSONOutput(report.answer), "position": .int(Int(report.position)),
        ]
    }

    private func json(_ refused: BundleIntakeReport.Refused) -> JSONOutput {
        let words = HubBundleWords.words(for: refused.error)
        return [
            "kind": .string(refused.kind.rawValue), "device": JSONOutput(refused.device?.hex),
            "name": JSONOutput(refused.device.flatMap { names[$0] }),
            "batch": JSONOutput(refused.batch.map { Int($0) }),
            "code": .string(refused.error.code.rawValue), "message": .string(words.reason),
            "mend": .string(words.mend),
        ]
    }

    func print(on console: Console) {
        let words = Messages.hubBundle
        if !report.enrolled.isEmpty {
            console.print(words.enrolled.text(["n": report.enrolled.count]))
        }
        if report.batches + report.repeated > 0 {
            console.print(
                words.taken.text([
                    "n": report.batches, "changes": report.changes, "repeated": report.repeated,
                ]))
        }
        if !report.answered.isEmpty {
            console.print(
                words.answered.text(["n": report.answered.count, "pages": report.pages]))
        }
        if let answer = report.answer {
            console.print(words.answer.text(["file": answer]))
        } else {
            console.print(words.nothing.text())
        }
        warn(on: console)
    }

    private func warn(on console: Console) {
        let words = Messages.hubBundle
        if report.unknown > 0 { console.warn(words.unknown.text(["n": report.unknown])) }
        if !report.incomplete.isEmpty {
            console.warn(words.incomplete.text(["n": report.incomplete.count]))
        }
        for refused in report.refused {
            let why = HubBundleWords.words(for: refused.error)
            let name = refused.device.map { names[$0] ?? String($0.hex.prefix(8)) }
            console.warn(
                words.refused.text([
                    "kind": BundleWords.name(of: refused.kind),
                    "device": name ?? words.someone.text(), "reason": why.reason,
                ]))
            console.say(why.mend)
        }
        let more = report.refusedCount - report.refused.count
        if more > 0 { console.warn(words.moreRefused.text(["n": more])) }
    }
}
