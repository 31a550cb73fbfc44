/// Why a replica cannot do what was asked.
public enum ReplicaFault: Error, Sendable, Equatable {
    case missing(path: String)
    case exists(path: String)
    /// There is no key file: this is a copy, and read-only.
    case keyMissing(path: String)
    /// The key file belongs to another replica.
    case wrongKey(path: String)
    /// The file has its key, and needs no other.
    case keyPresent(path: String)
    /// The device belongs to no space yet.
    case notJoined
    /// The device belongs to another space than the invite's.
    case joinedElsewhere
    case recordMissing(collection: String, id: String)
    /// Several records begin with this prefix of an id.
    case recordAmbiguous(prefix: String, count: Int)
    case conflictMissing(id: String)
}
