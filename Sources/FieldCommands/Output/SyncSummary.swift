import CommandKit
import SyncClient
import SyncCore
import SyncReplica

/// The result of a sync, for programs and for people.
struct SyncSummary {
    let report: SyncReport
    let notices: [SyncNotice]

    init(_ report: SyncReport, of replica: Replica) throws {
        self.report = report
        let difference = try replica.clockDifference() ?? 0
        notices = SyncNotice.notices(of: report, clockDifference: difference)
    }

    /// How the command ends.
    var status: ExitStatus {
        if let halt = report.halt { return HaltWords.failure(halt).status }
        if case .different = report.digest { return .failed }
        return .ok
    }

    var json: JSONOutput { .object(members) }

    var members: [JSONOutput.Member] {
        [
            .init("pushed", .int(report.pushed)), .init("pulled", .int(report.pulled)),
            .init("conflicts", .int(report.conflicts)), .init("suspect", .int(report.suspect)),
            .init("quarantined", .int(report.quarantined)), .init("healed", .int(report.healed)),
            .init("held", .int(report.setAside)), .init("position", .int(Int(report.position))),
            .init("digest", JSONOutput(equalDigest)),
            .init("round_trips", .int(report.traffic.roundTrips)),
            .init("bytes_sent", .int(report.traffic.sent)),
            .init("bytes_received", .int(report.traffic.received)),
            .init("halt", JSONOutput(report.halt.map { HaltWords.failure($0).code.text })),
            .init("notices", .array(notices.map(\.json))),
        ]
    }

    /// The digest that both sides hold; nil if they differ or were not compared.
    private var equalDigest: String? {
        if case .equal(let digest) = report.digest { digest.hex } else { nil }
    }

    func print(on console: Console) {
        let words = Messages.fieldSync
        if report.pushed > 0 { console.print(words.pushed.text(["n": report.pushed])) }
        if report.pulled > 0 { console.print(words.pulled.text(["n": report.pulled])) }
        if report.halt == nil {
            let moved = report.pushed + report.pulled + report.healed
            if moved == 0 { console.print(words.nothingNew.text()) }
            printComparison(on: console)
        }
        for notice in notices {
            console.warn(notice.text)
            if let mend = notice.mend { console.say(mend) }
        }
    }

    private func printComparison(on console: Console) {
        let position = report.position
        switch report.digest {
        case .equal:
            let text = Messages.fieldSync.equal.text(["position": position])
            console.print(console.styled(text, .green))
        case .notCompared:
            console.print(Messages.fieldSync.notCompared.text(["position": position]))
        case .different: break
        }
    }
}
