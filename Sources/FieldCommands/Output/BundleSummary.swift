import CommandKit
import SharedWords
import SyncCore
import SyncProtocol
import SyncReplica

/// The result of one bundle's import, for programs and for people.
struct BundleSummary {
    let file: String
    let report: BundleImport
    let names: DeviceNames
    let status: ReplicaStatus

    /// How the command ends, as far as this file goes.
    var exit: ExitStatus {
        if let halt = report.halt { return HaltWords.failure(halt).status }
        if case .different = report.digest { return .failed }
        return report.refusedCount > 0 || !report.hubRefusals.isEmpty || report.notCarried > 0
            ? .partly : .ok
    }

    var json: JSONOutput {
        get throws {
            .object([
                .init("file", .string(file)), .init("joined", .bool(report.hasJoined)),
                .init("pushed", .int(report.receipted)), .init("batches", .int(report.batches)),
                .init("pulled", .int(report.pulled)), .init("pages", .int(report.pages)),
                .init("conflicts", .int(report.conflicts)),
                .init("suspect", .int(report.suspect)),
                .init("quarantined", .int(report.quarantined)),
                .init("held", .int(report.setAside)), .init("healed", .int(report.healed)),
                .init("repeated", .int(report.repeated)),
                .init("outdated", .int(report.outdated)),
                .init("incomplete", .bool(report.isIncomplete)),
                .init("position", .int(Int(report.position))),
                .init("digest", JSONOutput(equalDigest)),
                .init("carried", .int(report.carried)), .init("carrying", .int(report.held)),
                .init("not_carried", .int(report.notCarried)),
                .init("others", .array(try others)), .init("unknown", .int(report.unknown)),
                .init("refused_count", .int(report.refusedCount)),
                .init("refused", .array(refused)), .init("hub_refused", .array(hubRefused)),
                .init("healing", .bool(report.isHealing)),
                .init("notices", .array(report.notices.map { SyncNotice($0).json })),
                .init("halt", JSONOutput(report.halt.map { HaltWords.failure($0).code.text })),
            ])
        }
    }

    private var equalDigest: String? {
        if case .equal(let digest) = report.digest { digest.hex } else { nil }
    }

    private var others: [JSONOutput] {
        get throws {
            try report.others.sorted { $0.key < $1.key }.map { device, count in
                [
                    "device": .string(device.hex),
                    "name": JSONOutput(try names.registeredName(of: device)),
                    "items": .int(count),
                ]
            }
        }
    }

    private var refused: [JSONOutput] {
        report.refused.map {
            [
                "kind": .string($0.kind.rawValue), "reason": .string($0.fault.rawValue),
                "message": .string(FieldBundleWords.text($0)),
            ]
        }
    }

    private var hubRefused: [JSONOutput] {
        report.hubRefusals.map { refusal in
            let failure = FieldBundleWords.failure(refusal.error)
            return [
                "kind": .string(refusal.kind.rawValue),
                "batch": JSONOutput(refusal.batch.map { Int($0) }),
                "code": .string(refusal.error.code.rawValue),
                "message": .string(failure.message), "mend": JSONOutput(failure.mend),
            ]
        }
    }
}

extension BundleSummary {
    func print(on console: Console) throws {
        let words = Messages.fieldBundle
        if report.hasJoined {
            let role = RoleName.text(status.role ?? "")
            console.print(words.joined.text(["name": status.name, "role": role]))
        }
        if report.receipted > 0 {
            console.print(words.receipted.text(["n": report.receipted]))
        }
        if report.pulled > 0 {
            console.print(Messages.fieldSync.pulled.text(["n": report.pulled]))
        }
        printComparison(on: console)
        for (device, count) in report.others.sorted(by: { $0.key < $1.key }) {
            let name = try names.name(of: device)
            console.print(words.carried.text(["n": count, "name": name]))
        }
        warn(on: console)
    }

    private func printComparison(on console: Console) {
        let words = Messages.fieldBundle
        guard report.halt == nil else { return }
        let isNothing = report.pages == 0 && report.batches == 0 && !report.hasJoined
        if isNothing, report.others.isEmpty, report.outdated == 0, exit == .ok {
            return console.print(words.nothingNew.text())
        }
        guard report.pages > 0 else { return }
        switch report.digest {
        case .equal:
            let text = Messages.fieldSync.equal.text(["position": report.position])
            console.print(console.styled(text, .green))
        case .notCompared where report.isIncomplete: console.warn(words.incomplete.text())
        case .notCompared:
            console.print(words.notCompared.text(["position": report.position]))
        case .different: console.warn(words.different.text())
        }
    }

    /// What a person should know, the gravest last.
    private func warn(on console: Console) {
        let words = Messages.fieldBundle
        func warn(_ count: Int, _ message: Message) {
            if count > 0 { console.warn(message.text(["n": count])) }
        }
        for notice in report.notices { console.warn(SyncNotice(notice).text) }
        if report.isHealing { console.warn(words.healing.text()) }
        warn(report.healed, Messages.fieldSync.healed)
        warn(report.conflicts, Messages.fieldSync.conflicts)
        warn(report.suspect, Messages.fieldSync.suspect)
        warn(report.quarantined, Messages.fieldSync.quarantined)
        warn(report.setAside, Messages.fieldSync.setAside)
        warn(report.outdated, words.outdated)
        warn(report.unknown, words.unknown)
        warn(report.notCarried, words.noRoom)
        for item in report.refused { console.warn(FieldBundleWords.text(item)) }
        for refusal in report.hubRefusals {
            let failure = FieldBundleWords.failure(refusal.error)
            let kind = BundleWords.name(of: refusal.kind)
            console.warn(words.hubRefused.text(["kind": kind, "reason": failure.message]))
            if let mend = failure.mend { console.say(mend) }
        }
        if let failure = report.halt.map(HaltWords.failure) {
            console.warn(failure.message)
            if let mend = failure.mend { console.say(mend) }
        }
    }
}
