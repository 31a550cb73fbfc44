import CommandKit
import HubKeeping
import SharedWords
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// A hub's findings as lines.
struct HubHealthWords {
    /// What `sync-audit` finds the hub by: its folder, or its address.
    let path: String
    /// The options that name the hub to a command.
    let place: String
    private let words = Messages.doctor

    init(path: String, place: String) {
        self.path = path
        self.place = place
    }

    func line(_ finding: HubFinding) -> HealthLine {
        let (text, mend, facts) = said(of: finding)
        let level = HealthLine.Level(rawValue: finding.level.rawValue) ?? .bad
        return HealthLine(finding.id, level, text, mend: mend, facts: facts)
    }

    private typealias Said = (text: String, mend: String?, facts: [JSONOutput.Member])

    private func said(of finding: HubFinding) -> Said {
        switch finding {
        case .database(let place, let isWritable):
            (
                (isWritable ? words.database : words.databaseReadOnly).text(["place": place]),
                words.databaseMend.text(), []
            )
        case .file(let problems): file(problems)
        case .journal(let checked, let fault): journal(checked, fault)
        case .digest(let isRight):
            (
                (isRight ? words.digest : words.digestBad).text(),
                words.verifyMend.text(["path": path]), []
            )
        case .clock(let ahead): clock(ahead, isOK: finding.level == .ok)
        case .deviceClocks(let ahead): deviceClocks(ahead, isOK: finding.level == .ok)
        case .disk(let free, let data): disk(free, data)
        case .key(let mode, let fits): key(mode, fits, isOK: finding.level == .ok)
        case .schema(let version, _): schema(version, isOK: finding.level == .ok)
        case .backup(let position, let behind, let age): backup(position, behind, age)
        case .unseen(let names): unseen(names)
        case .split(let head): split(head)
        case .claims(let count):
            (
                count == 0 ? words.noClaims.text() : words.claims.text(["n": count]),
                words.claimsMend.text(["place": place]), [.init("claims", .int(count))]
            )
        }
    }

    private func file(_ problems: [String]) -> Said {
        let first = problems.first.map { words.fileBad.text(["detail": $0]) }
        return (
            first ?? words.file.text(), words.restoreMend.text(),
            [.init("problems", .array(problems.map { .string($0) }))]
        )
    }

    private func journal(_ checked: Int64, _ fault: String?) -> Said {
        let text =
            fault.map { words.journalBad.text(["detail": $0]) }
            ?? words.journal.text(["n": checked])
        return (
            text, words.verifyMend.text(["path": path]),
            [.init("checked", .int(Int(checked))), .init("fault", JSONOutput(fault))]
        )
    }

    private func clock(_ ahead: Int64, isOK: Bool) -> Said {
        let length = TimeLength.text(milliseconds: ahead)
        return (
            isOK ? words.clock.text() : words.clockBad.text(["time": length]),
            words.clockMend.text(["place": place]), [.init("ahead_ms", .int(Int(ahead)))]
        )
    }

    private func deviceClocks(_ ahead: Int64?, isOK: Bool) -> Said {
        guard let ahead else { return (words.deviceClocksUnknown.text(), nil, []) }
        let message = ahead > 0 ? words.deviceClocksAhead : words.deviceClocksBehind
        let length = TimeLength.text(milliseconds: ahead)
        return (
            isOK ? words.deviceClocks.text() : message.text(["time": length]),
            words.setClockMend.text(), [.init("ahead_ms", .int(Int(ahead)))]
        )
    }

    private func disk(_ free: Int64?, _ data: Int64) -> Said {
        let text = words.disk.text([
            "free": free.map { ByteCount.text($0) } ?? "?", "data": ByteCount.text(data),
        ])
        return (
            text, words.diskMend.text(),
            [
                .init("free_bytes", JSONOutput(free.map { Int($0) })),
                .init("data_bytes", .int(Int(data))),
            ]
        )
    }

    private func key(_ mode: Int?, _ fits: Bool, isOK: Bool) -> Said {
        let file = path + "/hub.key"
        let facts: [JSONOutput.Member] = [
            .init("mode", JSONOutput(mode.map { String($0, radix: 8) }))
        ]
        guard let mode, fits else {
            return (
                words.keyMissing.text(["path": file]), words.keyMissingMend.text(), facts
            )
        }
        guard !isOK else { return (words.key.text(), nil, facts) }
        return (
            words.keyOpen.text(["path": file, "mode": String(mode, radix: 8)]),
            words.keyOpenMend.text(["path": file]), facts
        )
    }

    private func schema(_ version: Int64, isOK: Bool) -> Said {
        let message = isOK ? words.schema : words.schemaBad
        return (
            message.text(["version": version, "program": ProgramVersion.current]),
            words.schemaMend.text(),
            [
                .init("schema", .int(Int(version))),
                .init("version", .string(ProgramVersion.current)),
            ]
        )
    }

    private func backup(_ position: Int64, _ behind: Int64, _ age: Int64?) -> Said {
        let text =
            age.map {
                words.backup.text(["time": TimeLength.text(milliseconds: $0), "n": behind])
            } ?? words.backupNever.text()
        return (
            text, words.backupMend.text(["place": place]),
            [
                .init("position", .int(Int(position))), .init("behind", .int(Int(behind))),
                .init("age_ms", JSONOutput(age.map { Int($0) })),
            ]
        )
    }

    private func unseen(_ names: [String]) -> Said {
        let text =
            names.isEmpty
            ? words.seen.text() : words.unseen.text(["names": names.joined(separator: ", ")])
        return (
            text, words.unseenMend.text(),
            [.init("names", .array(names.map { .string($0) }))]
        )
    }

    private func split(_ head: SignedHead?) -> Said {
        guard let head = head?.head else { return (words.takes.text(), nil, []) }
        return (
            words.split.text(["size": head.size, "epoch": head.epoch.hex.prefix(8)]),
            words.splitMend.text(["place": place]), [.init("head", HeadJSON.json(head))]
        )
    }
}
