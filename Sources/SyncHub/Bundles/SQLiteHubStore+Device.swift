public import SyncCore
public import SyncStore

extension SQLiteHubStore {
    public func device(_ id: DeviceID) throws -> EnrolledDevice? {
        try file.read { try EnrolledDevice(id, in: RecordTable($0)) }
    }
}
