import Hummingbird
import NIOCore

/// The fields of a form, or of a query: `application/x-www-form-urlencoded`.
struct DeskForm {
    private static let byteLimit = 65_536

    private var fields: [String: String] = [:]

    subscript(name: String) -> String? { fields[name] }

    init(_ text: some StringProtocol) {
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.plain(pair[0]), pair.count == 2, let value = Self.plain(pair[1])
            else { continue }
            fields[name] = value
        }
    }

    /// - Throws: `DeskFault.badRequest` for another type, or too much.
    init(body request: Request) async throws {
        let type = request.headers[.contentType]?.split(separator: ";").first.map(String.init)
        guard type?.lowercased() == "application/x-www-form-urlencoded" else {
            throw DeskFault.badRequest
        }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes.append(contentsOf: part.readableBytesView)
            guard bytes.count <= Self.byteLimit else { throw DeskFault.badRequest }
        }
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// Without percent signs and plus signs; nil for what is no text.
    private static func plain(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
                    return nil
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// What the page says in place of what was asked.
enum DeskFault: Error {
    case badRequest, signedOut, forbidden, missing
    /// Too many reports and downloads are being made.
    case busy
    /// A file would take what the hub's disk needs.
    case diskFull
    /// A sheet has no room for so many.
    case tooManyRows
    /// The library that writes workbooks is not on this system.
    case noWorkbookWriter
    /// What was done is saved, and the hub has not taken it yet.
    case notDelivered
    /// An entry that is refused, with the reason in words.
    case refused(String)
}
