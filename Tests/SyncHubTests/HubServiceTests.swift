import SyncCore
import SyncHub
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@Suite struct HubServiceTests {
    private func push(_ fixture: HubFixture, _ batch: SealedBatch) -> WireAnswer {
        fixture.service.answer(
            WireRequest(.post, "/v1/batches", token: fixture.token, body: batch.envelope))
    }

    private func code(_ answer: WireAnswer) -> String? {
        WireError(encoded: answer.body, status: answer.status)?.code.rawValue
    }

    @Test func push_signedBatch_receiptVerifiesAndRepeats() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let batch = try fixture.batch([HubFixture.change()])
        let answer = push(fixture, batch)
        let facts = try fixture.store.facts()
        try Receipt(encoded: answer.body).verify(
            batch: batch, hub: HubIdentity(key: facts.hubKey, space: facts.space))
        #expect(push(fixture, batch).body == answer.body)
        #expect(try fixture.store.facts().position == facts.position)
    }

    @Test func push_brokenChains_areRefusedWithTheirCode() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let first = try fixture.batch([HubFixture.change()])
        #expect(
            code(push(fixture, try fixture.batch([HubFixture.change()], number: 2)))
                == "number_ahead")
        #expect(push(fixture, first).status == 200)
        #expect(code(push(fixture, try fixture.batch([HubFixture.change(2)]))) == "number_taken")
        let wrong = try fixture.batch([HubFixture.change(3)], number: 2)
        #expect(code(push(fixture, wrong)) == "chain_broken")
        let next = try fixture.batch([HubFixture.change(3)], number: 2, previous: first.hash)
        #expect(push(fixture, next).status == 200)
    }

    @Test func push_forgedSignature_isRefused() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let batch = try fixture.batch([HubFixture.change()])
        let forged = try SealedBatch(
            bytes: batch.bytes, signature: SigningKey().sign(.batch, batch.bytes))
        #expect(code(push(fixture, forged)) == "signature_invalid")
    }

    @Test func push_batchOfAnotherDevice_isRefused() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let stranger = try BatchBuilder.seal(
            changes: HubFixture.change().canonicalBytes,
            header: .init(
                space: try fixture.store.facts().space, number: 1, previous: .zero, sealedAt: 0),
            key: SigningKey())
        #expect(code(push(fixture, stranger)) == "role_forbidden")
    }

    @Test func push_afterRevocation_isRefusedAndWorksAgainAfterRestoring() throws {
        let fixture = try HubFixture()
        _ = try fixture.join()
        let id = fixture.key.publicKey.deviceID
        #expect(try fixture.store.setRevoked(true, device: id).map(\.id) == [id])
        let batch = try fixture.batch([HubFixture.change()])
        #expect(code(push(fixture, batch)) == "device_revoked")
        #expect(try fixture.store.setRevoked(false, device: id).map(\.id) == [id])
        #expect(push(fixture, batch).status == 200)
    }

    @Test func join_usedOrUnknownInvite_isRefused() throws {
        let fixture = try HubFixture()
        let invite = try fixture.store.invite(
            name: "x", role: .lead, expires: HubFixture.now + 1, url: nil)
        func join(_ invite: Invite, _ key: SigningKey) -> WireAnswer {
            let request = JoinRequest(invite: invite, token: .zero, key: key)
            return fixture.service.answer(
                WireRequest(.post, "/v1/devices", body: request.encoded))
        }
        #expect(join(invite, fixture.key).status == 200)
        #expect(join(invite, fixture.key).status == 200)
        #expect(code(join(invite, SigningKey())) == "invite_used")
        let unknown = Invite(
            expires: invite.expires, hub: invite.hub, secret: ID128(high: 1, low: 1),
            space: invite.space, tls: nil, url: invite.url)
        #expect(code(join(unknown, SigningKey())) == "invite_unknown")
        let old = try fixture.store.invite(
            name: "y", role: .lead, expires: HubFixture.now - 1, url: nil)
        #expect(code(join(old, SigningKey())) == "invite_expired")
    }

    @Test func join_enrolledDeviceWithANewInvite_answerVerifiesAgain() throws {
        let fixture = try HubFixture()
        let facts = try fixture.store.facts()
        for _ in 0..<2 {
            let answer = try JoinAnswer(encoded: fixture.join().body)
            let enrolled = try answer.verify(
                key: fixture.key.publicKey,
                hub: HubIdentity(key: facts.hubKey, space: facts.space))
            #expect(enrolled.name == "device" && enrolled.role == "lead")
        }
        #expect(try fixture.store.devices().count == 1)
    }

    @Test func errorCodes_areThoseOfTheTable() throws {
        let table = try Vectors.text("Protocol/errors.md")
        for code in WireErrorCode.all {
            #expect(
                table.contains("| `\(code.rawValue)` | \(code.status) |"), "\(code.rawValue)")
        }
    }
}
