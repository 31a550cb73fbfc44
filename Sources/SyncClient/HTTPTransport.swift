import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import SyncCore
public import SyncProtocol

/// Carries requests over HTTP(S): no redirects, bounded in time and size, gzip both ways.
public actor HTTPTransport: HubTransport {
    private let url: String
    private let address: HubAddress
    private let pin: Hash256?
    private var connection: HTTPConnection?

    public private(set) var traffic = Traffic()

    /// - Parameters:
    ///   - url: `http://…` or `https://…`: the base of every call's address.
    ///   - pin: SHA-256 of the certificate's SubjectPublicKeyInfo; nil with https leaves the
    ///     check to the platform's certificate authorities.
    /// - Throws: `TransportFault` (bad address).
    public init(url: String, pin: Hash256?) throws {
        guard let address = HubAddress(url) else { throw TransportFault(.badAddress, url: url) }
        self.url = url
        self.address = address
        self.pin = pin
    }

    /// Ends the connection. Call once, last.
    public func close() async {
        await connection?.close()
        connection = nil
    }

    public func send(_ request: WireRequest) async throws -> WireAnswer {
        let outgoing = HTTPForm.outgoing(request, address: address)
        let response: NIOHTTPClientResponseFull
        do {
            response = try await exchange(outgoing)
        } catch {
            connection = nil
            throw Self.fault(error, url: url)
        }
        traffic.sent += outgoing.size
        traffic.received += HTTPForm.size(response)
        traffic.roundTrips += 1
        return try HTTPForm.answer(response)
    }

    /// Sends over the open connection, or over a new one if the hub has closed it meanwhile: every
    /// call of the protocol may be repeated.
    private func exchange(_ outgoing: HTTPForm.Outgoing) async throws -> NIOHTTPClientResponseFull {
        if let open = connection, open.isActive {
            do { return try await open.send(outgoing) } catch is ChannelError {
                connection = nil
            } catch is IOError {
                connection = nil
            }
        }
        let fresh = try await HTTPConnection.open(address, pin: pin)
        connection = fresh
        return try await fresh.send(outgoing)
    }

    /// What the network said, in the protocol's words.
    private static func fault(_ error: any Error, url: String) -> any Error {
        switch error {
        case is TransportFault: error
        case is HTTPTimeout: TransportFault(.timeout, url: url)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            TransportFault(.certificate, url: url, detail: "\(error)")
        case is NIOHTTPObjectAggregatorError: ForeignAnswer(.tooLarge, status: 0)
        case is HTTPParserError: ForeignAnswer(.notThisProtocol, status: 0, detail: "\(error)")
        default: TransportFault(.unreachable, url: url, detail: "\(error)")
        }
    }
}
