import Foundation

/// A request or an answer as bytes: what a proxy and a plain client need of HTTP/1.1.
struct HTTPText: Sendable {
    /// The first line.
    var start: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    private static let separator = Array("\r\n\r\n".utf8)

    /// Nil while the bytes are not a whole message.
    ///
    /// - Parameter isWhole: the sender has ended.
    init?(_ bytes: [UInt8], isWhole: Bool = false) {
        guard let end = bytes.firstRange(of: Self.separator) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        start = lines[0]
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...]
            return (String(line[..<colon]), value.trimmingCharacters(in: .whitespaces))
        }
        body = Array(bytes[end.upperBound...])
        if self["Transfer-Encoding"]?.lowercased() == "chunked" {
            guard let plain = Self.unchunked(body) else { return nil }
            body = plain
            remove("Transfer-Encoding")
        } else if let length = self["Content-Length"].flatMap({ Int($0) }) {
            guard body.count >= length else { return nil }
            body = Array(body.prefix(length))
        }
        remove("Content-Length")
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        var plain: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstRange(of: Array("\r\n".utf8)) {
            let size = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            guard let count = Int(size.prefix { $0 != ";" }, radix: 16) else { return nil }
            rest = rest[end.upperBound...]
            guard rest.count >= count + 2 else { return nil }
            if count == 0 { return plain }
            plain += rest.prefix(count)
            rest = rest.dropFirst(count + 2)
        }
        return nil
    }

    init(start: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.start = start
        self.headers = headers
        self.body = body
    }

    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    mutating func remove(_ name: String) {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
    }

    /// `GET` or `POST`, of a request.
    var method: Substring { start.prefix { $0 != " " } }

    /// Of an answer.
    var status: Int? { start.split(separator: " ").dropFirst().first.flatMap { Int($0) } }

    /// For a connection that carries this message and ends.
    var bytes: [UInt8] {
        var lines =
            [start]
            + headers.filter { $0.name.lowercased() != "connection" }
            .map { "\($0.name): \($0.value)" }
        lines += ["Content-Length: \(body.count)", "Connection: close"]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// Sends a request on a connection of its own.
    ///
    /// - Parameter meanwhile: runs when the request is on its way.
    /// - Returns: the answer; nil if none came.
    func exchange(port: UInt16, meanwhile: () throws -> Void) rethrows -> HTTPText? {
        guard let socket = try? LoopbackSocket.connect(port: port) else { return nil }
        defer { socket.close() }
        socket.write(bytes)
        try meanwhile()
        return HTTPText(socket.readAll(), isWhole: true)
    }

    func exchange(port: UInt16) -> HTTPText? { exchange(port: port) {} }
}
