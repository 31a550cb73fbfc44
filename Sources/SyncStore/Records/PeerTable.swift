package import SyncCore

/// Devices as small integers, within one transaction.
package final class PeerTable {
    private let store: StoreConnection
    private var numbersByDevice: [DeviceID: Int64] = [:]
    private var devicesByNumber: [Int64: DeviceID] = [:]

    package init(_ store: StoreConnection) {
        self.store = store
    }

    /// The device's number; it gets the next one if it has none.
    package func number(of device: DeviceID) throws -> Int64 {
        if let number = try existingNumber(of: device) { return number }
        var number: Int64 = 0
        try store.each(
            "INSERT INTO peers(peer, device) SELECT coalesce(max(peer), 0) + 1, ? FROM peers "
                + "RETURNING peer", .blob(device.bytes)
        ) { number = $0.integer(0) }
        remember(device, number)
        return number
    }

    /// Reads numbers that will be asked for, together.
    package func prefetch(_ devices: some Sequence<DeviceID>) throws {
        try store.prefetch(Self.numberText, devices.map { [.blob($0.bytes)] })
    }

    private static let numberText = "SELECT peer FROM peers WHERE device = ?"

    /// The device's number; nil if it has none.
    package func existingNumber(of device: DeviceID) throws -> Int64? {
        if let known = numbersByDevice[device] { return known }
        let statement = try store.prepare(Self.numberText)
        statement.bind(1, blob: device.bytes)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        remember(device, statement.integer(0))
        return statement.integer(0)
    }

    /// - Throws: `StoreError` (corrupt) for a number that was never given.
    package func device(of number: Int64) throws -> DeviceID {
        if let known = devicesByNumber[number] { return known }
        let statement = try store.prepare("SELECT device FROM peers WHERE peer = ?")
        statement.bind(1, number)
        defer { statement.reset() }
        guard try statement.step(), let device = DeviceID(bytes: statement.bytes(0)) else {
            throw StoreError(.corrupt, path: "", detail: "peer \(number)")
        }
        remember(device, number)
        return device
    }

    private func remember(_ device: DeviceID, _ number: Int64) {
        numbersByDevice[device] = number
        devicesByNumber[number] = device
    }
}
