import SyncCore
import SyncProtocol
import TestSupport
import Testing

@testable import SyncHub
@testable import SyncStore

/// Pushes every batch of batch.json to the hub that the file describes.
@Suite struct HubVectorTests {
    private let folder = TestFolder()
    private let token = "token"

    /// A hub whose journal is the file's, with a token for the file's device.
    private func hub(_ file: JSONValue) throws -> HubService {
        let hub = try #require(file["hub"])
        let seed = try #require(Hex.bytes(hub.text("seed")))
        let key = try #require(SigningKey(seed: seed))
        let wall = hub.number("wall")
        let environment = Environment(
            nowMilliseconds: { wall }, randomBytes: Environment.system.randomBytes)
        let store = try SQLHubStore(
            path: folder.file("hub-\(environment.randomID().hex).sqlite"), key: key,
            environment: environment)
        let space = try #require(SpaceID(hex: hub.text("space")))
        let device = try #require(DeviceID(hex: file.text("device")))
        try store.file.write { connection in
            let meta = MetaTable(connection)
            try meta.set(HubKey.space, .blob(space.bytes))
            try meta.set(HubKey.publicKey, .blob(key.publicKey.bytes))
            try meta.set(HubKey.epoch, .blob(ID128(high: 1, low: 1).bytes))
            try connection.run(
                "INSERT INTO tokens(hash, device) VALUES(?, ?)",
                .blob(Hash256.sha256(Array(token.utf8)).bytes),
                .blob(device.bytes))
        }
        for entry in hub.items("journal") {
            let batch = try SealedBatch(
                bytes: CanonicalJSON.bytes(try #require(entry["batch"])),
                signature: try #require(Signature(hex: entry.text("signature"))))
            try store.file.write { connection in
                let writer = try JournalWriter(
                    connection, key: key, now: entry.number("wall"))
                let enrolled = try EnrolledDevice(batch.device, in: writer.records)
                let role =
                    batch.device == key.publicKey.deviceID
                    ? Role.hub : enrolled?.ruledRole
                _ = try writer.append(PushRequest(batch), role: role)
            }
        }
        return HubService(store: store, environment: environment)
    }

    private func push(_ service: HubService, _ text: String) -> (WireAnswer, WireError?) {
        let answer = service.answer(
            WireRequest(.post, "/v1/batches", token: token, body: Array(text.utf8)))
        return (answer, WireError(encoded: answer.body, status: answer.status))
    }

    @Test func push_everyAcceptedBatch_getsThePositionOfTheVector() throws {
        let file = try Vectors.file("batch")
        for entry in file.items("accept") {
            let (answer, error) = push(try hub(file), entry.text("text"))
            #expect(error == nil, "\(entry.text("name"))")
            let receipt = try Receipt(encoded: answer.body)
            #expect(receipt.leaf.position == entry.number("position"), "\(entry.text("name"))")
        }
    }

    @Test func push_everyRefusedBatch_getsTheCodeOfTheVector() throws {
        let file = try Vectors.file("batch")
        let service = try hub(file)
        #expect(file.items("refused").count > 60)
        for entry in file.items("refused") {
            let (_, error) = push(service, entry.text("text"))
            // The bearer may push only its own batches: that check comes before the device's.
            let isOfAnother = ["device_unknown", "device_revoked"].contains(entry.text("code"))
            let expected = isOfAnother ? "role_forbidden" : entry.text("code")
            #expect(error?.code.rawValue == expected, "\(entry.text("name"))")
            for (key, value) in entry["details"]?.object ?? [:] {
                #expect(error?.details[key] == value, "\(entry.text("name")): \(key)")
            }
        }
    }
}
