import CommandKit
import SyncAudit

// The message of each word that a verification uses.

extension VerifyWords {
    private static let words = Messages.auditVerify

    static func message(_ kind: VerifyProblem.Kind) -> Message {
        switch kind {
        case .fileDamaged: words.fileDamaged
        case .metaMissing: words.metaMissing
        case .rowDiffers: words.rowDiffers
        case .batchMissing: words.batchMissing
        case .batchDamaged: words.batchDamaged
        case .batchAltered: words.batchAltered
        case .batchMoved: words.batchMoved
        case .batchInvalid: words.batchInvalid
        case .chainBroken: words.chainBroken
        case .deviceUnknown: words.deviceUnknown
        case .deviceRevoked: words.deviceRevoked
        case .signatureInvalid: words.signatureInvalid
        case .leafAltered: words.leafAltered
        case .treeAltered: words.treeAltered
        case .headForged: words.headForged
        case .timeBackwards: words.timeBackwards
        case .epochUnknown: words.epochUnknown
        case .rulesUnknown: words.rulesUnknown
        case .verdictDiffers: words.verdictDiffers
        case .digestDiffers: words.digestDiffers
        case .recordAltered: words.recordAltered
        case .recordMissing: words.recordMissing
        case .recordAdded: words.recordAdded
        case .conflictMissing: words.conflictMissing
        case .digestRowDiffers: words.digestRowDiffers
        case .receiptInvalid: words.receiptInvalid
        case .headsConflict: words.headsConflict
        case .pendingDamaged: words.pendingDamaged
        case .hubKeyDiffers: words.hubKeyDiffers
        case .spaceDiffers: words.spaceDiffers
        case .tailCut: words.tailCut
        case .logRewritten: words.logRewritten
        case .receiptMissing: words.receiptMissing
        }
    }

    static func message(_ label: ProblemEvidence.Label) -> Message {
        switch label {
        case .expected: words.factExpected
        case .found: words.factFound
        case .fields: words.factFields
        case .device: words.factDevice
        case .number: words.factNumber
        case .position: words.factPosition
        case .size: words.factSize
        case .reason: words.factReason
        case .first: words.factFirst
        case .count: words.factCount
        case .records: words.factRecords
        case .epoch: words.factEpoch
        case .column: words.factColumn
        }
    }

    static func message(_ check: VerifyCheck) -> Message {
        switch check {
        case .file: words.checkFile
        case .batches: words.checkBatches
        case .tree: words.checkTree
        case .heads: words.checkHeads
        case .verdicts: words.checkVerdicts
        case .records: words.checkRecords
        case .digest: words.checkDigest
        case .receipts: words.checkReceipts
        case .pending: words.checkPending
        case .stateAtHead: words.checkStateAtHead
        case .hubKey: words.checkHubKey
        case .history: words.checkHistory
        case .wholeLog: words.checkWholeLog
        }
    }

    static func message(_ reason: UncheckedPart.Reason) -> Message {
        switch reason {
        case .keyFromFile: words.whyKeyFromFile
        case .nothingHeld: words.whyNothingHeld
        case .replayEnded: words.whyReplayEnded
        case .treeLost: words.whyTreeLost
        case .rulesUnknown: words.whyRulesUnknown
        case .unreadable: words.whyUnreadable
        case .changesPending: words.whyChangesPending
        case .syncUnfinished: words.whySyncUnfinished
        case .neverSynced: words.whyNeverSynced
        case .notInReplica: words.whyNotInReplica
        case .notServed: words.whyNotServed
        case .notFetched: words.whyNotFetched
        case .anotherEpoch: words.whyAnotherEpoch
        }
    }
}
