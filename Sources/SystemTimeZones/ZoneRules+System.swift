public import OutreachSchema
import SyncStore

extension ZoneRules {
    /// The rules of a space's zone; Shanghai's for a name that this machine does not know.
    public static func ofSpace(_ name: String?) -> ZoneRules {
        name.flatMap { system(named: $0) } ?? .shanghai
    }

    /// The rules of a time zone from the system's zone files; nil for a name that this machine
    /// does not know. The default zone, and UTC, are known without a file.
    ///
    /// - Parameter name: IANA name.
    public static func system(named name: String) -> ZoneRules? {
        guard name != ZoneRules.shanghai.name else { return .shanghai }
        guard !["UTC", "Etc/UTC", "GMT"].contains(name) else {
            return .fixed(name: name, offsetSeconds: 0)
        }
        guard isName(name) else { return nil }
        for folder in folders {
            let path = "\(folder)/\(name)"
            guard FilePresence.exists(path), !FilePresence.isFolder(path),
                let bytes = try? FileInput(path).read(sizeLimit),
                let zone = ZoneFile(bytes)
            else { continue }
            return ZoneRules(name: name) { zone.offset(at: $0) }
        }
        return nil
    }

    /// Debian, macOS, Android's successor of it.
    private static let folders = ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo"]
    /// The largest files have some thousand bytes.
    private static let sizeLimit = 1 << 20

    /// `Area/Place`, never a step upwards.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                guard let first = part.utf8.first, (0x41...0x5A).contains(first & 0xDF) else {
                    return false
                }
                return part.utf8.allSatisfy {
                    (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0)
                        || [0x2B, 0x2D, 0x5F].contains($0)
                }
            }
    }
}
