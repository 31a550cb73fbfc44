import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A blocking TCP socket on this machine.
struct LoopbackSocket: Sendable {
    private let descriptor: Int32

    /// A call on a socket never blocks longer, in seconds.
    private static let callSeconds = 40

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: Self.callSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    private static func make() throws -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw ProcessFault("socket: errno \(errno)") }
        return descriptor
    }

    private static func withAddress<T>(
        port: UInt16, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> T
    ) -> (result: T, port: UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return (result, UInt16(bigEndian: address.sin_port))
    }

    static func connect(port: UInt16) throws -> LoopbackSocket {
        let descriptor = try make()
        let code = withAddress(port: port) { Glibc.connect(descriptor, $0, $1) }.result
        guard code == 0 else {
            Glibc.close(descriptor)
            throw ProcessFault("connect: errno \(errno)")
        }
        return LoopbackSocket(descriptor)
    }

    /// Listens on a free port.
    static func listen() throws -> (socket: LoopbackSocket, port: UInt16) {
        let descriptor = try make()
        let code = withAddress(port: 0) { Glibc.bind(descriptor, $0, $1) }.result
        guard code == 0, Glibc.listen(descriptor, 64) == 0 else {
            throw ProcessFault("listen: errno \(errno)")
        }
        let port = withAddress(port: 0) { address, size in
            var size = size
            return getsockname(descriptor, address, &size)
        }.port
        // Without a limit: it waits for connections until it is shut down.
        return (LoopbackSocket(listening: descriptor), port)
    }

    private init(listening descriptor: Int32) { self.descriptor = descriptor }

    /// Nil once the listener is shut down.
    /// A port that nobody listened at a moment ago.
    static func freePort() throws -> UInt16 {
        let (socket, port) = try listen()
        socket.close()
        return port
    }

    func accept() -> LoopbackSocket? {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        // A child that was made just now may hold it too: end it by `shutDown`.
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        return LoopbackSocket(accepted)
    }

    /// Nil at the end, or if the other side is gone.
    func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// All up to the end.
    func readAll() -> [UInt8] {
        var all: [UInt8] = []
        while let part = read() { all += part }
        return all
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends all calls that block on it.
    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }
    func close() { Glibc.close(descriptor) }
}
