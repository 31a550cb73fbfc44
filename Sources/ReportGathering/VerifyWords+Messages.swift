package import CommandKit
package import SyncAudit

// The message of each word that a verification uses.

extension VerifyWords {
    private static let problems = Messages.auditProblems
    private static let checks = Messages.auditChecks

    package static func message(_ kind: VerifyProblem.Kind) -> Message {
        switch kind {
        case .fileDamaged: problems.fileDamaged
        case .metaMissing: problems.metaMissing
        case .rowDiffers: problems.rowDiffers
        case .structureAltered: problems.structureAltered
        case .classAltered: problems.classAltered
        case .accessForged: problems.accessForged
        case .batchMissing: problems.batchMissing
        case .batchDamaged: problems.batchDamaged
        case .batchAltered: problems.batchAltered
        case .batchMoved: problems.batchMoved
        case .batchInvalid: problems.batchInvalid
        case .chainBroken: problems.chainBroken
        case .deviceUnknown: problems.deviceUnknown
        case .deviceRevoked: problems.deviceRevoked
        case .signatureInvalid: problems.signatureInvalid
        case .leafAltered: problems.leafAltered
        case .treeAltered: problems.treeAltered
        case .headForged: problems.headForged
        case .timeBackwards: problems.timeBackwards
        case .epochUnknown: problems.epochUnknown
        case .healingForged: problems.healingForged
        case .rulesUnknown: problems.rulesUnknown
        case .verdictDiffers: problems.verdictDiffers
        case .digestDiffers: problems.digestDiffers
        case .recordAltered: problems.recordAltered
        case .recordMissing: problems.recordMissing
        case .recordAdded: problems.recordAdded
        case .conflictMissing: problems.conflictMissing
        case .digestRowDiffers: problems.digestRowDiffers
        case .receiptInvalid: problems.receiptInvalid
        case .headsConflict: problems.headsConflict
        case .pendingDamaged: problems.pendingDamaged
        case .hubKeyDiffers: problems.hubKeyDiffers
        case .spaceDiffers: problems.spaceDiffers
        case .tailCut: problems.tailCut
        case .logRewritten: problems.logRewritten
        case .receiptMissing: problems.receiptMissing
        }
    }

    package static func message(_ label: ProblemEvidence.Label) -> Message {
        switch label {
        case .expected: problems.factExpected
        case .found: problems.factFound
        case .fields: problems.factFields
        case .device: problems.factDevice
        case .number: problems.factNumber
        case .position: problems.factPosition
        case .size: problems.factSize
        case .reason: problems.factReason
        case .first: problems.factFirst
        case .count: problems.factCount
        case .records: problems.factRecords
        case .epoch: problems.factEpoch
        case .column: problems.factColumn
        }
    }

    package static func message(_ check: VerifyCheck) -> Message {
        switch check {
        case .file: checks.checkFile
        case .batches: checks.checkBatches
        case .tree: checks.checkTree
        case .heads: checks.checkHeads
        case .verdicts: checks.checkVerdicts
        case .records: checks.checkRecords
        case .digest: checks.checkDigest
        case .receipts: checks.checkReceipts
        case .pending: checks.checkPending
        case .stateAtHead: checks.checkStateAtHead
        case .hubKey: checks.checkHubKey
        case .history: checks.checkHistory
        case .witnesses: checks.checkWitnesses
        case .wholeLog: checks.checkWholeLog
        }
    }

    package static func message(_ reason: UncheckedPart.Reason) -> Message {
        switch reason {
        case .keyFromFile: checks.whyKeyFromFile
        case .nothingHeld: checks.whyNothingHeld
        case .replayEnded: checks.whyReplayEnded
        case .treeLost: checks.whyTreeLost
        case .rulesUnknown: checks.whyRulesUnknown
        case .unreadable: checks.whyUnreadable
        case .changesPending: checks.whyChangesPending
        case .syncUnfinished: checks.whySyncUnfinished
        case .neverSynced: checks.whyNeverSynced
        case .notInReplica: checks.whyNotInReplica
        case .notServed: checks.whyNotServed
        case .notReceived: checks.whyNotReceived
        case .notFetched: checks.whyNotFetched
        case .notCosigned: checks.whyNotCosigned
        case .beforeCheckpoint: checks.whyBeforeCheckpoint
        case .anotherEpoch: checks.whyAnotherEpoch
        }
    }
}
