import Gzip
import HTTPTypes
import Hummingbird
import NIOCore
import SyncProtocol

/// Reads requests of the protocol off HTTP.
enum HTTPRequests {
    /// What can be read before the body.
    ///
    /// - Throws: `WireError.version`.
    static func head(of request: Request, _ call: HubCall) throws -> WireRequest {
        let version = request.headers[.syncProtocol]
        guard !call.isVersioned || version == String(ProtocolVersion.current) else {
            throw WireError.version
        }
        let query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
        return WireRequest(call.method, call.path, query: query, token: bearer(request))
    }

    static func bearer(_ request: Request) -> String? {
        let scheme = "bearer "
        guard let value = request.headers[.authorization],
            value.prefix(scheme.count).lowercased() == scheme
        else { return nil }
        return String(value.dropFirst(scheme.count))
    }

    /// The first word of what the caller says that it is, such as `FieldSync/0.1.0`.
    static func program(_ request: Request) -> String? {
        request.headers[.userAgent]?.split(separator: " ").first.map(String.init)
    }

    /// The body, unpacked: type, encoding and size are checked in this order.
    static func body(of request: Request) async throws -> [UInt8] {
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type?.filter({ $0 != " " }) == "application/json" else { throw WireError.contentType }
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard encoding == "identity" || encoding == "gzip" else { throw WireError.encoding }
        let bytes = try await collect(request)
        guard encoding == "gzip" else { return bytes }
        do {
            return try Gzip.decompress(
                bytes, limit: Limits.unpackedBytes, ratio: Limits.unpackedRatio)
        } catch {
            throw error == .tooLarge ? WireError.unpackedTooLarge : WireError.encoding
        }
    }

    private static func collect(_ request: Request) async throws -> [UInt8] {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= Limits.bodyBytes else { throw WireError.bodyTooLarge }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                bytes.append(contentsOf: part.readableBytesView)
                guard bytes.count <= Limits.bodyBytes else { throw WireError.bodyTooLarge }
            }
        } catch let error as WireError { throw error } catch {
            // Whoever sent it has gone: nothing is wrong here.
            throw WireError.bodyEnded
        }
        return bytes
    }
}

extension HTTPField.Name {
    static let syncProtocol = HTTPField.Name(ProtocolVersion.header)!
}
