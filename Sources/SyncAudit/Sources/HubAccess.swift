public import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// What a joined device shows a hub: its bearer token, and who it is if that is known.
public struct HubAccess: Sendable {
    public let token: String
    /// Nil: taken from the hub's signed answers.
    public let device: DeviceID?

    /// Bytes of the largest token file.
    private static let sizeLimit = 128

    public init(token: String, device: DeviceID? = nil) {
        self.token = token
        self.device = device
    }

    /// Reads a device's key file (`NAME.key`), or a file that holds just the token.
    ///
    /// - Returns: nil for a file that holds neither.
    /// - Throws: `StoreError` if it cannot be read.
    public init?(file: String) throws {
        guard let bytes = try SecretFile.read(file) else {
            throw StoreError(.cannotOpen, path: file, detail: "no such file")
        }
        if let keys = try? KeyFile.read(file) {
            guard let token = keys.token else { return nil }
            self.init(token: token, device: keys.key.publicKey.deviceID)
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let token = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard token.count == 1, 22...Self.sizeLimit ~= token[0].utf8.count,
            token[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.init(token: token[0])
    }
}
