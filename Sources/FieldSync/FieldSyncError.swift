import SyncClient
import SyncProtocol
import SyncReplica
import SyncStore

/// What went wrong, and what to do about it. Nothing that was saved is lost by any of them.
public struct FieldSyncError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// A value that no field can hold, or a name that none can have.
        case unsupportedValue
        /// A record that does not have the form of the type it is read as.
        case unreadableRecord
        case recordMissing
        /// The replica is not joined to a hub.
        case notJoined
        /// It belongs to another hub, or another space.
        case joinedElsewhere
        case badInvite
        /// No network, or nobody at the hub's address.
        case unreachable
        /// Somebody else answers there, or something between changes what is said.
        case notTheHub
        /// The hub said no. Its reason is in `message`.
        case refused
        /// The hub asks to come again later.
        case busy
        /// Another process holds the file.
        case locked
        case diskFull
        case readOnly
        /// The file is damaged, or its key is not beside it.
        case damaged
        /// A newer version of FieldSync wrote the file.
        case tooNew
        /// The sync stopped for good: a person has to look.
        case stopped
        case other
    }

    public let kind: Kind
    /// One sentence.
    public let message: String
    /// What helps, in one sentence.
    public let mend: String

    public var description: String { "\(message) \(mend)" }

    /// Whether trying again later may help.
    public var isTemporary: Bool {
        [.unreachable, .notTheHub, .busy, .locked, .diskFull].contains(kind)
    }

    init(_ kind: Kind, _ message: String, mend: String) {
        self.kind = kind
        self.message = message
        self.mend = mend
    }

    /// Runs what throws the engine's errors.
    static func mapping<T>(_ body: () throws -> T) throws(FieldSyncError) -> T {
        do { return try body() } catch { throw FieldSyncError(error) }
    }

    static func mapping<T: Sendable>(
        _ body: @Sendable () async throws -> T
    ) async throws(FieldSyncError) -> T {
        do { return try await body() } catch { throw FieldSyncError(error) }
    }
}

extension FieldSyncError {
    init(_ error: any Error) {
        switch error {
        case let error as FieldSyncError: self = error
        case let error as StoreError: self.init(error)
        case let fault as ReplicaFault: self.init(fault)
        case let fault as SaveFault:
            self.init(
                .unsupportedValue,
                "The record cannot be saved: \(fault.field) (\(fault.kind.rawValue)).",
                mend: "Names have at most 32 characters, texts 16 KiB, a record 64 fields.")
        case is InviteFault:
            self.init(
                .badInvite, "That is not an invite, or not all of it.",
                mend: "Copy the whole line that begins with fsi1_, or ask for another one.")
        case let fault as TransportFault: self.init(fault)
        case let answer as ForeignAnswer:
            self.init(
                .notTheHub, "The answer was not this hub's (\(answer.reason.rawValue)).",
                mend: "Look for a login page or a proxy in this network; try another one.")
        case let error as WireError:
            self.init(
                error.retryAfter != nil || error.code.status >= 500 ? .busy : .refused,
                "The hub said: \(error.message).",
                mend: error.mend.isEmpty ? "Ask who runs the hub." : "\(error.mend).")
        case let error as EncodingError:
            self.init(
                .unsupportedValue, "The record cannot be saved: \(error).",
                mend: "A field holds one text, number or Bool.")
        case let error as DecodingError:
            self.init(
                .unreadableRecord, "A record has another form: \(Self.words(error)).",
                mend: "Make what not every record has an optional.")
        default:
            self.init(.other, "Something failed: \(error).", mend: "Try again; report it.")
        }
    }

    private init(_ error: StoreError) {
        let path = error.path
        switch error.kind {
        case .locked:
            self.init(
                .locked, "Another process holds \(path).", mend: "Try again in a moment.")
        case .diskFull:
            self.init(.diskFull, "The disk is full: \(path).", mend: "Free some space.")
        case .readOnly, .cannotOpen:
            self.init(
                .readOnly, "\(path) cannot be opened to write.",
                mend: "Check that the folder is there and may be written to.")
        case .tooNew:
            self.init(
                .tooNew, "A newer version of FieldSync wrote \(path).",
                mend: "Update this program.")
        case .corrupt, .notAReplica, .inputOutput:
            self.init(
                .damaged, "\(path) is damaged, or no replica (\(error.detail)).",
                mend: "Copy it elsewhere; then make a new replica, join and sync.")
        case .other:
            self.init(.other, "\(path) failed (\(error.detail)).", mend: "Try again.")
        }
    }

    private init(_ fault: ReplicaFault) {
        switch fault {
        case .notJoined:
            self.init(.notJoined, "This replica is not joined to a hub.", mend: "Call join first.")
        case .joinedElsewhere:
            self.init(
                .joinedElsewhere, "This replica belongs to another hub or space.",
                mend: "Join with another replica.")
        case .recordMissing(_, let id), .conflictMissing(let id):
            self.init(.recordMissing, "There is no record \(id).", mend: "Read the list again.")
        case .keyMissing(let path), .wrongKey(let path):
            self.init(
                .damaged, "The key of the replica is not at \(path).",
                mend: "Bring the file back that was there, or make a new replica and join.")
        default:
            self.init(.other, "The replica cannot be used: \(fault).", mend: "Look at its files.")
        }
    }

    private init(_ fault: TransportFault) {
        switch fault.kind {
        case .unreachable, .timeout:
            self.init(
                .unreachable, "Nobody answers at \(fault.url).",
                mend: "Go on working; sync again when there is a network.")
        case .certificate:
            self.init(
                .notTheHub, "Whoever answers at \(fault.url) is not the hub.",
                mend: "Try another network; ask who runs the hub.")
        case .badAddress:
            self.init(
                .badInvite, "\(fault.url) is not an address to use.",
                mend: "Ask for another invite, with https.")
        }
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "it has no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            (context.codingPath.last?.stringValue).map { "\($0): " } ?? ""
                + context.debugDescription
        @unknown default: "\(error)"
        }
    }
}
