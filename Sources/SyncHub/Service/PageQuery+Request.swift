import SyncCore
import SyncProtocol

extension PageQuery {
    /// Reads the parameters of a pull.
    ///
    /// - Throws: `WireError` (field missing, parameter invalid).
    init(_ request: WireRequest, device: DeviceID, pageBytes: Int) throws {
        let cursor = try request.single("cursor")
        if let cursor {
            guard 1...Limits.cursorLength ~= cursor.utf8.count,
                cursor.utf8.allSatisfy(Self.isCursorCharacter)
            else { throw WireError.parameter("cursor") }
        }
        var head: ID128?
        if let text = try request.single("head") {
            head = ID128(hex: text) ?? Hash256(hex: text)?.prefixID
            guard head != nil else { throw WireError.parameter("head") }
        }
        // A device behind a proxy that cuts asks for less.
        let asked =
            try request.single("bytes") == nil
            ? nil : try request.integer("bytes", in: 1...Int64(Limits.unpackedBytes))
        let pageBytes = min(pageBytes, asked.map { Int($0) } ?? pageBytes)
        self.init(
            device: device, cursor: cursor,
            have: try request.integer("have", in: 0...9_007_199_254_740_991),
            nonce: try request.requiredID("nonce"), head: head, pageBytes: pageBytes)
    }

    private static func isCursorCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension DeviceVisit {
    /// Reads what a device says of itself: for the operator's eyes, so that what is not of the form
    /// is passed over.
    init(_ request: WireRequest, now: Int64) throws {
        self.init()
        if let at = try request.single("at").flatMap({ Int64($0) }), at > 0, at < 1 << 48 {
            clockDifference = at - now
        }
        func short(_ name: String) throws -> String? {
            try request.single(name).flatMap { text in
                let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                return isPlain && (1...256).contains(text.utf8.count) ? text : nil
            }
        }
        program = try short("program")
        url = try short("url")
    }
}

extension WireRequest {
    /// A parameter that may be given once.
    func single(_ name: String) throws -> String? {
        let values = query.filter { $0.name == name }
        guard values.count <= 1 else { throw WireError.parameter(name) }
        return values.first?.value
    }

    func required(_ name: String) throws -> String {
        guard let text = try single(name) else { throw WireError.missing(name) }
        return text
    }

    /// A parameter of 32 hex digits.
    func requiredID(_ name: String) throws -> ID128 {
        guard let id = ID128(hex: try required(name)) else { throw WireError.parameter(name) }
        return id
    }

    /// A decimal integer without signs or leading zeros.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws -> Int64 {
        let text = try required(name)
        guard let number = Int64(text), String(number) == text, range.contains(number) else {
            throw WireError.parameter(name)
        }
        return number
    }
}
