import Foundation
import OutreachSchema

/// The rules of a space's time zone, from the system's zone files.
enum SpaceZone {
    /// The default zone is known without a file; a name that the system does not know is taken
    /// for it.
    static func rules(named name: String?) -> ZoneRules {
        guard let name, name != ZoneRules.shanghai.name, let zone = TimeZone(identifier: name)
        else { return .shanghai }
        return ZoneRules(name: name) { utcSeconds in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utcSeconds)))
        }
    }
}
