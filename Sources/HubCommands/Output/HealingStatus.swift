import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol

/// What broke and healed, and what an operator has to decide.
struct HealingStatus {
    let epochs: [EpochRecord]
    let claims: [Claim]
    /// The head that shows a second hub on this key.
    let split: SignedHead?

    /// What needs a hand, in one sentence each.
    func warnings(place: String) -> [String] {
        let words = Messages.hubHealing
        var lines: [String] = []
        if let head = split?.head {
            lines.append(
                words.isSplit.text([
                    "size": head.size, "epoch": head.epoch.hex.prefix(8), "place": place,
                ]))
        }
        if !claims.isEmpty {
            lines.append(words.toDecide.text(["n": claims.count, "place": place]))
        }
        return lines
    }
}

extension EpochRecord {
    /// As `status --json` shows it.
    var json: JSONOutput {
        [
            "epoch": .string(id.hex), "from": .int(Int(size) + 1),
            "cause": JSONOutput(cause),
            "opened_at": JSONOutput(openedAt.map { RFC3339.text(utcSeconds: $0 / 1_000) }),
            "unknown": unknown.map { HeadJSON.json($0) } ?? .null,
        ]
    }
}
