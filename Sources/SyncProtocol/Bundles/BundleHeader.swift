public import SyncCore

/// The first line of a bundle: whose space it is about. Unsigned; it decides nothing that the
/// signed items behind it do not.
public struct BundleHeader: Sendable, Equatable {
    /// The device or hub that wrote the file.
    public let by: DeviceID
    /// Its wall clock in milliseconds since 1970.
    public let madeAt: Int64
    public let space: SpaceID

    public init(by: DeviceID, madeAt: Int64, space: SpaceID) {
        self.by = by
        self.madeAt = StampTime(milliseconds: madeAt).milliseconds
        self.space = space
    }

    /// Canonical, without a line end.
    var line: [UInt8] {
        CanonicalJSON.bytes([
            "bundle": [
                "by": .string(by.hex), "made_at": JSONValue(madeAt), "space": .string(space.hex),
                "version": JSONValue(BundleLimits.version),
            ]
        ])
    }

    init(line: [UInt8]) throws(BundleFault) {
        guard let value = (try? JSONParser.parse(line))?["bundle"],
            let version = value["version"]?.integer
        else { throw .notABundle }
        guard version == BundleLimits.version else { throw .tooNew(version: version) }
        do throws(MessageFault) {
            let fields = try MessageFields(value, "bundle")
            self.init(
                by: try fields.id("by"), madeAt: try fields.integer("made_at"),
                space: try fields.id("space"))
        } catch { throw .damaged(line: 1) }
    }
}
