import CommandKit
import Logging
import OutreachSchema
import SyncCore
import SyncStore

/// One JSON object a line on standard error. Holds no record contents: nobody logs any.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    /// Of all loggers of the process.
    var logLevel: Logger.Level {
        get { threshold.value }
        set { threshold.value = newValue }
    }
    private let threshold: LogThreshold

    init(threshold: LogThreshold) {
        self.threshold = threshold
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let now = Environment.system.nowMilliseconds()
        var members: [JSONOutput.Member] = [
            .init("time", .string(RFC3339.text(utcSeconds: now / 1_000, offsetSeconds: 0))),
            .init("level", .string(event.level.rawValue)),
            .init("message", .string(event.message.description)),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            members.append(.init(key, .string(value.description)))
        }
        Console.current.say(JSONOutput.object(members).text(isPretty: false))
    }
}
