/// The catalogue: one property a topic, each in a file `Messages+Topic.swift` of the module that says
/// it.
public enum Messages {
    /// What every program may say. Each module that has messages has such a list, for the tests that
    /// walk the catalogue: they also read the sources, so a topic that is missing fails them.
    package static var commonTopics: [any MessageTopic] { [errors, arguments, console, health] }
}
