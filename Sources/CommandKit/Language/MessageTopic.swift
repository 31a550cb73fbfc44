/// The messages about one subject: a struct whose stored properties are all messages.
///
/// Being properties, they are found by reflection, so an entry cannot be left out of the tests.
///
///     public struct StopMessages: MessageTopic {
///         public let saved = Message("stop.saved", en: "Saved {id}.", zh: "已保存 {id}。")
///     }
///     extension Messages {
///         public static let stops = StopMessages()   // and a line in Messages.topics
///     }
public protocol MessageTopic: Sendable {}

extension MessageTopic {
    /// Every message of the topic, in the order of its properties. Slow: for tests.
    public var messages: [Message] {
        Mirror(reflecting: self).children.compactMap { $0.value as? Message }
    }
}
