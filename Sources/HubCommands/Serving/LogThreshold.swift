import Logging
import Synchronization

/// From which level on the hub logs; it may be set otherwise while it serves.
final class LogThreshold: Sendable {
    private let level: Mutex<Logger.Level>

    init(_ level: Logger.Level = .info) { self.level = Mutex(level) }

    var value: Logger.Level {
        get { level.withLock { $0 } }
        set { level.withLock { $0 = newValue } }
    }

    /// - Parameter name: one of `Logger.Level`'s; another changes nothing.
    func set(_ name: String?) {
        if let level = name.flatMap({ Logger.Level(rawValue: $0) }) { value = level }
    }
}
