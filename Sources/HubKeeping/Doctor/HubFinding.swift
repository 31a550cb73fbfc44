public import SyncProtocol

/// How a check came out.
public enum HealthLevel: String, Sendable, Comparable {
    case ok
    /// Worth knowing; nothing has to be done at once.
    case warn
    /// Somebody has to do something.
    case bad

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { self == .ok ? 0 : self == .warn ? 1 : 2 }
}

/// What one check of a hub found.
public enum HubFinding: Sendable {
    /// The database answers; whether it takes writes.
    case database(place: String, isWritable: Bool)
    /// What SQLite says of the file; empty if it is sound.
    case file(problems: [String])
    /// The journal's last entries: signatures, leaves, roots; the first that does not hold.
    case journal(checked: Int64, fault: String?)
    /// Whether the newest head has the digest of the records.
    case digest(isRight: Bool)
    /// How far the last receipt lies ahead of the wall clock, in milliseconds.
    case clock(ahead: Int64)
    /// How far the hub's clock was ahead of most devices', in milliseconds; nil with fewer than two.
    case deviceClocks(ahead: Int64?)
    /// Bytes free beside the data, and bytes of the data.
    case disk(free: Int64?, data: Int64)
    /// Nil without a key file.
    case key(mode: Int?, fits: Bool)
    case schema(version: Int64, newest: Int64)
    /// Positions after the last verified backup, and its age in milliseconds; nil if there is none.
    case backup(position: Int64, behind: Int64, age: Int64?)
    /// Names of devices that were not seen for a week.
    case unseen(names: [String])
    case split(SignedHead?)
    case claims(Int)

    /// Never translated, never reused.
    public var id: String {
        switch self {
        case .database: "database"
        case .file: "file"
        case .journal: "journal"
        case .digest: "digest"
        case .clock: "clock"
        case .deviceClocks: "device_clocks"
        case .disk: "disk"
        case .key: "key"
        case .schema: "schema"
        case .backup: "backup"
        case .unseen: "devices"
        case .split: "split"
        case .claims: "claims"
        }
    }

    public var level: HealthLevel {
        switch self {
        case .database(_, let isWritable): isWritable ? .ok : .bad
        case .file(let problems): problems.isEmpty ? .ok : .bad
        case .journal(_, let fault): fault == nil ? .ok : .bad
        case .digest(let isRight): isRight ? .ok : .bad
        case .clock(let ahead): ahead > HealthLimits.clockMilliseconds ? .bad : .ok
        case .deviceClocks(let ahead):
            abs(ahead ?? 0) > HealthLimits.deviceClocksMilliseconds ? .warn : .ok
        case .disk(let free, let data): HealthLimits.level(free: free, data: data)
        case .key(let mode, let fits): fits && mode == HealthLimits.keyMode ? .ok : .bad
        case .schema(let version, let newest): version <= newest ? .ok : .bad
        case .backup(_, let behind, let age): HealthLimits.level(behind: behind, age: age)
        case .unseen(let names): names.isEmpty ? .ok : .warn
        case .split(let head): head == nil ? .ok : .bad
        case .claims(let count): count == 0 ? .ok : .bad
        }
    }
}

/// From where on something is worth a line, or a hand.
public enum HealthLimits {
    /// A receipt may lie so far ahead: clocks that are kept right are set back by less.
    static let clockMilliseconds: Int64 = 5_000
    /// What the rules allow a device's clock to be off.
    static let deviceClocksMilliseconds: Int64 = 300_000
    static let keyMode = 0o600
    package static let dayMilliseconds: Int64 = 86_400_000
    static let backupWarningDays: Int64 = 2
    static let backupDays: Int64 = 7
    package static let unseenDays: Int64 = 7
    /// Entries that are checked: seconds, however long the journal is.
    static let tailEntries: Int64 = 1_000
    private static let freeBytes: Int64 = 100 << 20

    /// A backup needs as much as the data; a hub that cannot write takes nothing.
    public static func level(free: Int64?, data: Int64) -> HealthLevel {
        guard let free else { return .warn }
        return free < freeBytes ? .bad : free < 2 * data ? .warn : .ok
    }

    static func level(behind: Int64, age: Int64?) -> HealthLevel {
        guard behind > 0 else { return .ok }
        guard let age else { return .bad }
        let days = age / dayMilliseconds
        return days >= backupDays ? .bad : days >= backupWarningDays ? .warn : .ok
    }
}
