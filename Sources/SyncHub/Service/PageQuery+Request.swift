import SyncCore
import SyncProtocol

extension PageQuery {
    /// Reads the parameters of a pull.
    ///
    /// - Throws: `WireError.parameter`.
    init(_ request: WireRequest, device: DeviceID, pageBytes: Int) throws {
        let cursor = request[query: "cursor"].flatMap { $0.isEmpty ? nil : $0 }
        guard (cursor?.utf8.count ?? 0) <= Limits.cursorLength else {
            throw WireError.parameter("cursor")
        }
        guard let haveText = request[query: "have"] else { throw WireError.missing("have") }
        guard let have = Int64(haveText), have >= 0 else { throw WireError.parameter("have") }
        var head: ID128?
        if let text = request[query: "head"] {
            head = ID128(hex: text) ?? Hash256(hex: text)?.prefixID
            guard head != nil else { throw WireError.parameter("head") }
        }
        self.init(
            device: device, cursor: cursor, have: have, nonce: try request.requiredID("nonce"),
            head: head, pageBytes: pageBytes)
    }
}

extension WireRequest {
    /// A parameter of 32 hex digits.
    func requiredID(_ name: String) throws -> ID128 {
        guard let text = self[query: name] else { throw WireError.missing(name) }
        guard let id = ID128(hex: text) else { throw WireError.parameter(name) }
        return id
    }
}
