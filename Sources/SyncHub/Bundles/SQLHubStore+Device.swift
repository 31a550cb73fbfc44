public import SyncCore
public import SyncStore

extension SQLHubStore {
    public func device(_ id: DeviceID) throws -> EnrolledDevice? {
        try file.read { try EnrolledDevice(id, in: RecordTable($0)) }
    }
}
