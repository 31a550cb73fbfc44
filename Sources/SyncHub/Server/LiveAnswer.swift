import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import SyncProtocol

/// `GET /v1/live` as server-sent events.
/// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
enum LiveAnswer {
    /// - Parameters:
    ///   - positions: the present one first; the same one again is a sign of life.
    ///   - isAdmitted: whether the device still may watch; asked at each sign of life.
    static func respond(
        _ positions: AsyncStream<Int64>, isAdmitted: @escaping @Sendable () async -> Bool
    ) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .accelBuffering: "no", .syncProtocol: String(ProtocolVersion.current),
            ],
            body: ResponseBody { writer in
                var last: Int64 = -1
                // A hub that is told to stop does not wait for those who watch.
                for try await position in positions.cancelOnGracefulShutdown() {
                    if position != last {
                        try await writer.write(event(position))
                        last = position
                    } else {
                        guard await isAdmitted() else { break }
                        try await writer.write(ByteBuffer(string: ":\n\n"))
                    }
                }
                try await writer.finish(nil)
            })
    }

    private static func event(_ position: Int64) -> ByteBuffer {
        ByteBuffer(string: "id: \(position)\nevent: position\ndata: \(position)\n\n")
    }
}

extension HTTPField.Name {
    /// nginx holds answers back unless it is told not to.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
