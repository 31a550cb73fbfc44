import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import SyncCore
public import SyncProtocol

/// Carries requests over HTTP(S): no redirects, bounded in time and size, gzip both ways.
public actor HTTPTransport: HubTransport {
    private var url: String
    private var address: HubAddress
    private var pin: Hash256?
    /// Where to go instead, as long as nobody was reached.
    private var otherwise: (url: String, address: HubAddress, pin: Hash256?)?
    private var connection: HTTPConnection?

    public private(set) var traffic = Traffic()

    /// - Parameters:
    ///   - url: `http://…` or `https://…`: the base of every call's address.
    ///   - pin: SHA-256 of the certificate's SubjectPublicKeyInfo; nil with https leaves the
    ///     check to the platform's certificate authorities.
    ///   - otherwise: another address, and its pin, for when nobody is reached at the first.
    /// - Throws: `TransportFault` (bad address).
    public init(
        url: String, pin: Hash256?, otherwise: (url: String, pin: Hash256?)? = nil
    ) throws {
        guard let address = HubAddress(url) else { throw TransportFault(.badAddress, url: url) }
        self.url = url
        self.address = address
        self.pin = pin
        if let otherwise, let other = HubAddress(otherwise.url) {
            self.otherwise = (otherwise.url, other, otherwise.pin)
        }
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
            let fault = Self.fault(error, url: url)
            // Whoever answers there under another certificate is not passed by.
            guard let away = fault as? TransportFault, away.isUnanswered, traffic.roundTrips == 0,
                let other = otherwise
            else { throw fault }
            // What the first address said of it is what the person can mend.
            let first = (url, address, pin)
            (url, address, pin) = other
            otherwise = nil
            do { return try await send(request) } catch is TransportFault {
                (url, address, pin) = first
                throw fault
            }
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
        case HTTPParserError.invalidEOFState: ForeignAnswer(.cut, status: 0)
        case is HTTPParserError: ForeignAnswer(.notThisProtocol, status: 0, detail: "\(error)")
        default: TransportFault(.unreachable, url: url, detail: "\(error)")
        }
    }
}
