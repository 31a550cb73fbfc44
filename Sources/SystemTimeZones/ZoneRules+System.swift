import Foundation
public import OutreachSchema

extension ZoneRules {
    /// The rules of a space's zone; Shanghai's for a name that this machine does not know.
    public static func ofSpace(_ name: String?) -> ZoneRules {
        name.flatMap { system(named: $0) } ?? .shanghai
    }

    /// The rules of a time zone from the system's zone files; nil for a name that this machine
    /// does not know. The default zone is known without a file.
    ///
    /// - Parameter name: IANA name.
    public static func system(named name: String) -> ZoneRules? {
        guard name != ZoneRules.shanghai.name else { return .shanghai }
        guard let zone = TimeZone(identifier: name) else { return nil }
        return ZoneRules(name: name) { utcSeconds in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utcSeconds)))
        }
    }
}
