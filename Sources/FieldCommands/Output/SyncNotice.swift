import CommandKit
import SyncClient
import SyncCore
import SyncReplica

/// Something that a person should know after a sync.
struct SyncNotice {
    let code: String
    let text: String
    let mend: String?

    var json: JSONOutput {
        ["code": .string(code), "message": .string(text), "mend": JSONOutput(mend)]
    }

    init(code: String, text: String, mend: String?) {
        self.code = code
        self.text = text
        self.mend = mend
    }

    /// What healed.
    init(_ notice: HealingNotice) {
        let words = Messages.fieldSync
        mend = nil
        switch notice {
        case .copied(let name):
            code = "copied"
            text = words.copyGoesOn.text(["name": name])
        case .hubRestored(let held, let lost, let sentAgain, let handedBack):
            code = "hub_restored"
            text = words.hubPutBack.text([
                "held": held, "lost": lost, "sent": sentAgain, "handed": handedBack,
            ])
        case .hubKeyReplaced(let position):
            code = "hub_key_replaced"
            text = words.hubKeyReplaced.text(["position": position])
        case .hubMoved(let url):
            code = "hub_moved"
            text = words.hubMoved.text(["url": url])
        }
    }

    /// What a sync gives occasion to say, the gravest last.
    static func notices(of report: SyncReport, clockDifference: Int64) -> [SyncNotice] {
        let words = Messages.fieldSync
        var notices = report.notices.map(SyncNotice.init)
        func count(_ number: Int, _ code: String, _ message: Message) {
            guard number > 0 else { return }
            notices.append(SyncNotice(code: code, text: message.text(["n": number]), mend: nil))
        }
        count(report.conflicts, "conflicts", words.conflicts)
        count(report.suspect, "suspect", words.suspect)
        count(report.quarantined, "quarantined", words.quarantined)
        count(report.setAside, "held", words.setAside)
        count(report.healed, "healed", words.healed)
        if abs(clockDifference) > HubRules.driftLimitMilliseconds, report.suspect == 0 {
            let difference = ClockDifference.text(hubAhead: clockDifference)
            notices.append(
                SyncNotice(
                    code: "clock_suspect",
                    text: words.clockOff.text(["difference": difference]), mend: nil))
        }
        if report.isContradicted {
            notices.append(
                SyncNotice(
                    code: "hub_contradiction", text: words.contradicted.text(),
                    mend: words.contradictedMend.text()))
        } else if report.digest.isDifferent {
            notices.append(
                SyncNotice(code: "digest_different", text: words.different.text(), mend: nil))
        }
        if let failure = report.halt.map(HaltWords.failure) {
            notices.append(
                SyncNotice(code: failure.code.text, text: failure.message, mend: failure.mend))
        }
        return notices
    }
}
