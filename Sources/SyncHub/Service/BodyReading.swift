import SyncCore
import SyncProtocol

/// Reads a body, and says in the words of Protocol/errors.md why it could not be read.
enum BodyReading {
    static func read<T>(_ body: [UInt8], _ read: () throws -> T) throws -> T {
        do { return try read() } catch let error as JSONError {
            throw WireError(json: whole(body) ?? error, isObject: isObject(body))
        } catch let fault as MessageFault {
            if let error = whole(body) { throw WireError(json: error) }
            throw fault.isMissing
                ? WireError.missing(fault.member) : WireError.parameter(fault.member)
        } catch let fault as BatchFault {
            if let error = whole(body) ?? notCanonical(body) { throw WireError(json: error) }
            throw WireError(batch: fault)
        }
    }

    /// Why the body as a whole is not JSON that the protocol takes; nil if it is.
    private static func whole(_ body: [UInt8]) -> JSONError? {
        do {
            _ = try JSONParser.parse(body)
            return nil
        } catch { return error }
    }

    private static func isObject(_ body: [UInt8]) -> Bool {
        guard let tree = try? JSONParser.parse(body) else { return true }
        return tree.object != nil
    }

    /// Why the body's batch is not canonical; nil if it is, and only its content is wrong.
    private static func notCanonical(_ body: [UInt8]) -> JSONError? {
        guard let batch = (try? Envelope(body))?.slice("batch") else { return nil }
        return CanonicalReader.fault(of: batch)
    }
}
