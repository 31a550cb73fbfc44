package import CommandKit

extension Messages {
    /// What this module says.
    package static var auditTopics: [any MessageTopic] {
        [
            audit, auditVerify, auditProblems, auditChecks, auditDiff, auditCauses, auditHistory,
            auditReport, auditScope,
        ]
    }
}
