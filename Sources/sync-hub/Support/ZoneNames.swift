import Foundation
import OutreachSchema

/// Time zones by their IANA names.
enum ZoneNames {
    /// Nil for a name that this machine does not know.
    static func rules(_ name: String) -> ZoneRules? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        return ZoneRules(name: name) { seconds in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
        }
    }
}
