package import CommandKit

extension Messages {
    /// What this module says.
    package static var hubTopics: [any MessageTopic] {
        [
            hub, hubBundle, hubFollow, hubHealing, hubSpaces, hubDesk, hubConfiguration, hubMoving,
        ]
    }
}
