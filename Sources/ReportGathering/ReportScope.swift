import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit

/// A verification's words in both languages, and what to do about each kind of problem.
enum ReportScope {
    private static let words = Messages.auditScope

    static func text(_ check: VerifyCheck) -> BilingualText {
        VerifyWords.message(check).inBothLanguages()
    }

    static func text(_ part: UncheckedPart) -> BilingualText {
        inBothLanguages {
            let text = VerifyWords.message(part.check).text()
            let reason = VerifyWords.message(part.reason).text()
            guard let after = part.after else {
                return words.because.text(["text": text, "reason": reason])
            }
            return words.after.text(["text": text, "position": after, "reason": reason])
        }
    }

    /// What may be hidden where nothing was checked, and how to look there.
    static func why(_ part: UncheckedPart) -> BilingualText {
        let message =
            switch part.check {
            case .file: words.whyFile
            case .batches, .tree, .wholeLog: words.whyLog
            case .heads: words.whyHeads
            case .verdicts: words.whyVerdicts
            case .records, .stateAtHead, .digest: words.whyRecords
            case .receipts, .pending: words.whyDelivery
            case .hubKey: words.whyHubKey
            case .history, .witnesses: words.whyHistory
            }
        return message.inBothLanguages()
    }

    /// - Parameter letter: nil where there is one input only.
    static func text(_ text: BilingualText, of letter: String?) -> BilingualText {
        guard let letter else { return text }
        return BilingualText(
            en: words.of.text(["input": letter, "text": text.en], in: .en),
            zh: words.of.text(["input": letter, "text": text.zh], in: .zhHans))
    }

    static func evidence(_ problem: VerifyProblem) -> BilingualText {
        inBothLanguages {
            problem.evidence.map { VerifyWords.message($0.label).text(["value": $0.text]) }
                .joined(separator: " · ")
        }
    }

    static func mend(_ kind: VerifyProblem.Kind) -> BilingualText {
        mendMessage(kind).inBothLanguages()
    }

    /// The check that finds a kind of problem.
    static func check(_ kind: VerifyProblem.Kind) -> VerifyCheck {
        switch kind {
        case .fileDamaged, .metaMissing, .rowDiffers, .structureAltered, .classAltered,
            .accessForged:
            .file
        case .batchMissing, .batchDamaged, .batchAltered, .batchMoved, .batchInvalid,
            .chainBroken, .deviceUnknown, .deviceRevoked, .signatureInvalid:
            .batches
        case .leafAltered, .treeAltered: .tree
        case .headForged, .timeBackwards, .epochUnknown, .headsConflict: .heads
        case .rulesUnknown, .verdictDiffers, .healingForged: .verdicts
        case .recordAltered, .recordMissing, .recordAdded, .conflictMissing: .records
        case .digestDiffers, .digestRowDiffers: .digest
        case .receiptInvalid: .receipts
        case .pendingDamaged: .pending
        case .hubKeyDiffers, .spaceDiffers: .hubKey
        case .tailCut, .logRewritten, .receiptMissing: .history
        }
    }

    private static func mendMessage(_ kind: VerifyProblem.Kind) -> Message {
        switch kind {
        case .fileDamaged, .metaMissing, .rowDiffers, .digestRowDiffers, .pendingDamaged,
            .structureAltered, .classAltered:
            words.mendDamage
        case .accessForged: words.mendAccess
        case .batchMissing, .batchDamaged, .batchAltered, .batchMoved, .batchInvalid,
            .chainBroken, .deviceUnknown, .deviceRevoked, .signatureInvalid, .leafAltered,
            .treeAltered, .headForged, .timeBackwards, .epochUnknown, .verdictDiffers,
            .digestDiffers, .healingForged:
            words.mendJournal
        case .recordAltered, .recordMissing, .recordAdded, .conflictMissing: words.mendRecords
        case .receiptInvalid, .headsConflict, .tailCut, .logRewritten, .receiptMissing:
            words.mendHistory
        case .hubKeyDiffers, .spaceDiffers: words.mendIdentity
        case .rulesUnknown: words.mendVersion
        }
    }
}
