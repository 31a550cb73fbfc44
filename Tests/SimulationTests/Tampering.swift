import SyncCore
import SyncProtocol

/// What someone between hub and device can make of an answer if they have the hub's key.
struct Tampering {
    let key: SigningKey

    /// Changes the records of a pull's answer and signs it anew.
    ///
    /// - Parameter change: gets the list's entries (`{"position":…,"record":{…}}`); false leaves
    ///   the answer as it is.
    func page(
        _ request: WireRequest, _ answer: WireAnswer, _ change: (inout [JSONValue]) -> Bool
    ) -> WireAnswer {
        guard request.path == "/v1/changes", answer.status == 200,
            let message = try? PageMessage(encoded: answer.body),
            var list = (try? JSONParser.parse(message.records))?.array, change(&list)
        else { return answer }
        let records = CanonicalJSON.bytes(.array(list))
        let page = message.page
        let forged = Page(
            backedUp: page.backedUp, consistency: page.consistency, cursor: page.cursor,
            device: page.device, head: page.head, more: page.more, nextNumber: page.nextNumber,
            nextPrevious: page.nextPrevious, nonce: page.nonce, now: page.now,
            records: Page.hash(ofRecords: records))
        let body = PageMessage(page: forged, records: records, key: key).encoded
        return WireAnswer(status: 200, body: body)
    }

    /// Changes the records of a bucket's answer and signs it anew.
    func bucket(
        _ request: WireRequest, _ answer: WireAnswer, _ change: (inout [JSONValue]) -> Bool
    ) -> WireAnswer {
        guard request.path == "/v1/records", answer.status == 200,
            let message = try? BucketAnswer(encoded: answer.body),
            var list = (try? JSONParser.parse(message.records))?.array, change(&list)
        else { return answer }
        let body = BucketAnswer(
            bucket: message.bucket, records: CanonicalJSON.bytes(.array(list)),
            device: message.part.device, nonce: message.part.nonce, head: message.head, key: key
        ).encoded
        return WireAnswer(status: 200, body: body)
    }

    /// Puts another text into a field of the first entry that has it.
    static func alter(_ list: inout [JSONValue], field: String, to text: String) -> Bool {
        for index in list.indices {
            guard case .object(var entry) = list[index],
                case .object(var record)? = entry["record"],
                case .object(var fields)? = record["fields"], fields[field]?.string != nil
            else { continue }
            fields[field] = .string(text)
            record["fields"] = .object(fields)
            entry["record"] = .object(record)
            list[index] = .object(entry)
            return true
        }
        return false
    }
}
