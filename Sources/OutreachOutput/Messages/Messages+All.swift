package import CommandKit

extension Messages {
    /// What this module says.
    package static var outputTopics: [any MessageTopic] {
        [
            fieldHandover
        ]
    }
}
