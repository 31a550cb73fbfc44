import SyncCore
import SyncProtocol
import TestSupport
import Testing

@Suite struct MessageVectorTests {
    private func canonical(_ value: JSONValue?) -> [UInt8] {
        CanonicalJSON.bytes(value ?? .null)
    }

    private func batch(_ entry: JSONValue) throws -> SealedBatch {
        try SealedBatch(
            bytes: canonical(entry["batch"]),
            signature: try #require(Signature(hex: entry.text("signature"))))
    }

    // MARK: Batches

    @Test func batch_chain_hashesAndSignaturesAreTheVectors() throws {
        let file = try Vectors.file("batch")
        let seed = try #require(Hex.bytes(file.text("seed")))
        let key = try #require(SigningKey(seed: seed))
        #expect(key.publicKey.hex == file.text("public_key"))
        #expect(key.publicKey.deviceID.hex == file.text("device"))
        var previous = Hash256.zero
        for entry in file.items("chain") {
            let batch = try batch(entry)
            #expect(String(decoding: batch.bytes, as: UTF8.self) == entry.text("canonical"))
            #expect(batch.hash.hex == entry.text("hash"))
            #expect(key.publicKey.verifies(batch.signature, .batch, batch.bytes))
            #expect(key.sign(.batch, batch.bytes).hex == entry.text("signature"))
            #expect(batch.previous == previous)
            previous = batch.hash
        }
    }

    @Test func batch_rebuiltFromItsChanges_hasTheSameBytes() throws {
        let file = try Vectors.file("batch")
        let seed = try #require(Hex.bytes(file.text("seed")))
        let key = try #require(SigningKey(seed: seed))
        for entry in file.items("chain") {
            let original = try batch(entry)
            let changes = try (0..<original.count).map { try original.change($0).canonicalBytes }
            let rebuilt = try BatchBuilder.seal(
                changes: Array(changes.joined(separator: [UInt8(ascii: ",")])),
                header: .init(
                    space: original.space, number: original.number, previous: original.previous,
                    sealedAt: original.sealedAt), key: key)
            #expect(rebuilt.bytes == original.bytes)
        }
    }

    // MARK: Receipts

    @Test func receipt_worked_leafHeadAndHashesAreTheVectors() throws {
        let worked = try #require(try Vectors.file("receipt")["worked"])
        let leaf = try Leaf(worked["leaf"])
        #expect(String(decoding: leaf.bytes, as: UTF8.self) == worked.text("leaf_canonical"))
        #expect(leaf.hash.hex == worked.text("leaf_hash"))
        let again = Leaf(
            batch: leaf.batch, device: leaf.device, number: leaf.number,
            signature: leaf.signature, epoch: leaf.epoch, position: leaf.position,
            verdict: leaf.verdict)
        #expect(again.bytes == leaf.bytes)
        let head = try SignedHead([
            "head": try #require(worked["head"]),
            "signature": .string(worked.text("head_signature")),
        ])
        #expect(String(decoding: head.bytes, as: UTF8.self) == worked.text("head_canonical"))
        #expect(head.hash.hex == worked.text("head_hash"))
    }

    private func pinned(_ file: JSONValue) throws -> HubIdentity {
        let pinned = try #require(file["pinned"])
        return HubIdentity(
            key: try #require(PublicKey(hex: pinned.text("hub_key"))),
            space: try #require(SpaceID(hex: pinned.text("space"))))
    }

    @Test func receipt_acceptedOnes_verify() throws {
        let file = try Vectors.file("receipt")
        let hub = try pinned(file)
        for entry in file.items("accept") {
            let receipt = try Receipt(entry["receipt"])
            try receipt.verify(batch: try batch(entry), hub: hub)
            #expect(try Receipt(encoded: receipt.encoded) == receipt)
        }
    }

    @Test func receipt_refusedOnes_neverCount() throws {
        let file = try Vectors.file("receipt")
        let hub = try pinned(file)
        #expect(file.items("refused").count > 20)
        for entry in file.items("refused") {
            #expect(throws: (any Error).self, "\(entry.text("name"))") {
                try Receipt(entry["receipt"]).verify(batch: try batch(entry), hub: hub)
            }
        }
    }

    // MARK: Digest

    @Test func digest_states_haveTheVectorsHashAndBucket() throws {
        for entry in try Vectors.file("digest").items("states") {
            let canonical = Array(entry.text("canonical").utf8)
            let slice = try canonical.withUnsafeBytes { buffer in
                var reader = CanonicalReader(buffer)
                return try RecordListReader.readState(&reader, position: 0)
            }
            let state = try canonical.withUnsafeBytes {
                try RecordState(
                    slice.key, fields: UnsafeRawBufferPointer(rebasing: $0[slice.fields]),
                    clock: slice.clock)
            }
            #expect(state.canonicalBytes == canonical, "\(entry.text("name"))")
            #expect(state.hash.hex == entry.text("hash"))
            #expect(DigestTree.bucket(of: state.key) == Int(entry.number("bucket")))
        }
    }

    @Test func digest_sets_haveTheVectorsRoot() throws {
        for entry in try Vectors.file("digest").items("sets") {
            var sums = DigestSums()
            for state in entry.items("states") {
                let bytes = canonical(state)
                let key = RecordKey(
                    state.text("collection"), try #require(RecordID(hex: state.text("id"))))
                sums.add(MessageKind.record.hash(bytes), for: key)
            }
            #expect(sums.root.hex == entry.text("root"), "\(entry.text("name"))")
        }
    }

    // MARK: Join

    @Test func invite_everyAcceptedLine_decodesAndEncodes() throws {
        let file = try #require(try Vectors.file("join")["invites"])
        for entry in file.items("accept") {
            let invite = try Invite(text: entry.text("line"))
            #expect(invite.secret.hex == entry["invite"]?.text("secret"))
            #expect(invite.url == entry["invite"]?.text("url"))
            let line = entry.text("line").filter { !$0.isWhitespace }
            // A key of a later version is read over; only its sender could write it again.
            if entry["invite"]?["later"] != nil { continue }
            #expect(invite.text == line, "\(entry.text("name"))")
        }
    }

    @Test func invite_everyRefusedLine_throws() throws {
        let file = try #require(try Vectors.file("join")["invites"])
        #expect(file.items("refused").count > 15)
        for entry in file.items("refused") {
            #expect(throws: InviteFault.self, "\(entry.text("name"))") {
                try Invite(text: entry.text("line"))
            }
        }
    }

    @Test func join_requestAndAnswers_areJudgedAsTheVectorSays() throws {
        let file = try Vectors.file("join")
        let request = try #require(file["request"])
        let seed = try #require(Hex.bytes(request.text("seed")))
        let key = try #require(SigningKey(seed: seed))
        let json = try #require(request["invite"])
        let invite = Invite(
            expires: json.number("expires"), hub: try #require(PublicKey(hex: json.text("hub"))),
            secret: try #require(ID128(hex: json.text("secret"))),
            space: try #require(SpaceID(hex: json.text("space"))), tls: nil,
            url: json.text("url"))
        let made = JoinRequest(
            invite: invite, token: .sha256(Array(request.text("token").utf8)), key: key)
        #expect(String(decoding: made.bytes, as: UTF8.self) == request.text("join_canonical"))
        #expect(try JSONParser.parse(made.encoded) == request["message"])
        let answers = try #require(file["answer"])
        for entry in answers.items("accept") {
            let answer = try JoinAnswer(encoded: canonical(entry["answer"]))
            _ = try answer.verify(key: key.publicKey, hub: invite.identity)
        }
        for entry in answers.items("refused") {
            #expect(throws: (any Error).self, "\(entry.text("name"))") {
                let answer = try JoinAnswer(encoded: canonical(entry["answer"]))
                _ = try answer.verify(key: key.publicKey, hub: invite.identity)
            }
        }
    }

    // MARK: Pages

    private func outcome(_ entry: JSONValue, _ hub: HubIdentity) throws -> String {
        let asked = try #require(entry["asked"])
        let answer = try #require(entry["answer"])
        let isOurs = WireAnswer.isOfThisProtocol(
            contentType: answer["content_type"]?.string,
            version: answer["sync_protocol"]?.string)
        guard isOurs, answer.number("status") == 200,
            let message = try? PageMessage(encoded: Array(answer.text("body").utf8))
        else { return "ignored" }
        do {
            try message.verify(
                nonce: try #require(ID128(hex: asked.text("nonce"))),
                device: try #require(DeviceID(hex: asked.text("device"))), hub: hub)
            _ = try message.records.withUnsafeBytes { try RecordListReader.read($0) }
        } catch { return "ignored" }
        let held = asked["head"] == .null ? nil : try head(asked["head"])
        let page = message.page
        switch HeadCheck(held: held, new: page.head.head, consistency: page.consistency) {
        case .extends: return "applied"
        case .hubRestored: return "hub_went_back"
        case .rewritten: return "log_rewritten"
        }
    }

    /// A head without its signature.
    private func head(_ value: JSONValue?) throws -> Head {
        let unsigned = String(repeating: "0", count: 128)
        return try SignedHead(["head": value ?? .null, "signature": .string(unsigned)]).head
    }

    @Test func page_everyAnswer_hasTheVectorsOutcome() throws {
        let file = try Vectors.file("page")
        let hub = try pinned(file)
        for entry in file.items("accept") {
            let found = try outcome(entry, hub)
            #expect(found == "applied", "\(entry.text("name"))")
        }
        #expect(file.items("refused").count > 25)
        for entry in file.items("refused") {
            let found = try outcome(entry, hub)
            #expect(found == entry.text("outcome"), "\(entry.text("name"))")
        }
    }
}
