import SyncCore
import TestSupport
import Testing

extension RunningHub {
    /// Lets every device deliver, then learn, and expects all to hold the hub's state.
    func settle(
        _ devices: FieldDevice..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for device in devices { try device.sync() }
        let digest = try digest
        for device in devices {
            let end = try device.sync()
            #expect(end.text("digest") == digest, "\(device.name)", sourceLocation: sourceLocation)
            #expect(try device.pending == 0, "\(device.name)", sourceLocation: sourceLocation)
        }
    }
}

extension JSONValue {
    /// The value that a listed conflict kept or lost.
    func side(_ name: String) -> String { (self[name] ?? .null).text("value") }
}
