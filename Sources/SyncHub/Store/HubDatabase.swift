import SyncProtocol
import SyncStore

/// A hub's database, which takes nothing once the hub has moved away, nor before it has arrived:
/// whatever process has it open.
struct HubDatabase: StoreDatabase {
    let base: any StoreDatabase

    var path: String { base.path }

    func read<T>(_ body: (StoreConnection) throws -> T) throws -> T { try base.read(body) }

    func readBehind<T>(_ body: (StoreConnection) throws -> T) throws -> T? {
        try base.readBehind(body)
    }

    func write<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        try base.write { store in
            let meta = MetaTable(store)
            guard try !meta.has(HubKey.moved), try !meta.has(HubKey.moving) else {
                throw WireError.moved
            }
            return try body(store)
        }
    }

    func close() throws { try base.close() }
}

extension WireError {
    static let moved = WireError(
        .hubNotReady, message: "the hub has moved to another place",
        mend: "nothing is lost: try again later, or ask the operator")
}
