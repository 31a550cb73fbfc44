package import CommandKit

extension Messages {
    /// What this module says.
    package static var auditProgramTopics: [any MessageTopic] {
        [
            auditProof
        ]
    }
}
