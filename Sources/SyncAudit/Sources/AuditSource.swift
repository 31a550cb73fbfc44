public import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// One side of a comparison, before it is opened.
public enum AuditSource: Sendable {
    case file(AuditFile)
    /// A hub that is asked over the network.
    case address(url: String, transport: any HubTransport, access: HubAccess)
    /// A bundle's file: a part of the records.
    case bundle(path: String)

    /// Whether a person means a hub's address by this.
    public static func isAddress(_ name: String) -> Bool {
        name.hasPrefix("http://") || name.hasPrefix("https://")
    }

    var file: AuditFile? {
        if case .file(let file) = self { file } else { nil }
    }

    /// Opens a side as something that can be asked for its records.
    func digest(
        pinnedBy otherFile: AuditFile?, key: PublicKey?, scope: DiffScope,
        asking: HubReader.Asking, environment: Environment
    ) async throws -> any DigestSource {
        let other = try otherFile.map { try SideFacts($0) }
        switch self {
        case .file(let file):
            let scanned = try ScannedFile(
                file, collections: scope.collectionBytes,
                key: environment.randomBytes(FileComparison.keyBytes))
            return try LocalDigest(scanned)
        case .address(let url, let transport, let access):
            return try await HubReader(
                name: url, transport: transport, access: access, key: key ?? other?.hubKey,
                space: other?.space, collections: scope.collections, asking: asking,
                environment: environment)
        case .bundle(let path):
            return try BundleContent(
                path: path, key: key ?? other?.hubKey, devices: otherFile)
        }
    }
}
