package import CommandKit

extension Messages {
    /// What this module says.
    package static var sharedTopics: [any MessageTopic] {
        [
            bundle, doctor, failures, keeping,
        ]
    }
}
