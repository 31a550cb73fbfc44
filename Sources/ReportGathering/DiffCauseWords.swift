import CommandKit
package import SyncAudit

/// Causes of differences and what was not checked, in words.
package enum DiffCauseWords {
    private static let words = Messages.auditCauses

    package static func text(_ cause: DifferenceCause) -> String {
        filled(message(cause).what, cause)
    }

    package static func todo(_ cause: DifferenceCause) -> String {
        filled(message(cause).todo, cause)
    }

    private static func filled(_ message: Message, _ cause: DifferenceCause) -> String {
        let side = [.pendingA, .notPulledA, .alteredA].contains(cause) ? "A" : "B"
        return message.text(["side": side])
    }

    private static func message(_ cause: DifferenceCause) -> (what: Message, todo: Message) {
        switch cause {
        case .written: (words.written, words.writtenTodo)
        case .pendingA, .pendingB: (words.pending, words.pendingTodo)
        case .notPulledA, .notPulledB: (words.notPulled, words.notPulledTodo)
        case .suspect: (words.suspect, words.suspectTodo)
        case .supersededByConflict: (words.superseded, words.supersededTodo)
        case .quarantined: (words.quarantined, words.quarantinedTodo)
        case .held: (words.held, words.heldTodo)
        case .unexplained: (words.unexplained, words.unexplainedTodo)
        case .receiptedButMissing: (words.missing, words.missingTodo)
        case .alteredA, .alteredB: (words.altered, words.alteredTodo)
        }
    }

    package static func text(_ notChecked: DiffResult.NotChecked) -> String {
        switch notChecked {
        case .hubKeyNotPinned: words.hubKeyNotPinned.text()
        case .valuesNotFetched: words.valuesNotFetched.text()
        case .bundleIsPartial: words.bundleIsPartial.text()
        case .batchesNotVerified: words.batchesNotVerified.text()
        case .differentSpaces: words.differentSpaces.text()
        case .differentEpochs: words.differentEpochs.text()
        case .evidenceUnreadable: words.evidenceUnreadable.text()
        }
    }

    package static func text(_ fault: FoundRecord.Fault) -> String {
        switch fault {
        case .name: Messages.auditDiff.faultName.text()
        case .fields: Messages.auditDiff.faultFields.text()
        case .clock: Messages.auditDiff.faultClock.text()
        case .repeated: Messages.auditDiff.faultRepeated.text()
        }
    }
}
