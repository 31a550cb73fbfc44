public import SyncCore

/// An item of a bundle, read, and checked as far as anyone can who knows the hub's key alone.
///
/// An answer must carry the hub's signature. Of a request, form and space are checked, and for a
/// join the signature: whose key signs the others only the enrolment says.
public enum BundleMessage: Sendable {
    case keys(KeySuccession)
    case join(JoinRequest)
    case push(PushRequest)
    case pull(SignedPull)
    case enrolment(JoinAnswer, PublicKey)
    case page(PageMessage)
    case receipt(Receipt)
    case refused(SignedRefusal)
    case ask(SignedAsk)
    case heads(HeadsAnswer)
    case batches(DeviceBatchesAnswer)
    case found(FoundAnswer)

    /// - Throws: `BundleItemFault`.
    public init(_ item: BundleItem, hub: HubIdentity) throws(BundleItemFault) {
        do {
            self = try Self.read(item, hub)
        } catch let fault as BundleItemFault {
            throw fault
        } catch {
            throw .malformed
        }
        guard isOf(hub) else { throw .anotherSpace }
        guard isSigned(by: hub) else { throw .notSigned }
    }

    private static func read(_ item: BundleItem, _ hub: HubIdentity) throws -> BundleMessage {
        let content = item.content
        switch item.kind {
        case .keys:
            let succession = try KeySuccession(encoded: content)
            guard !succession.isEmpty else { throw BundleItemFault.malformed }
            return .keys(succession)
        case .join: return .join(try JoinRequest(encoded: content))
        case .push: return .push(try PushRequest(encoded: content))
        case .pull: return .pull(try SignedPull(encoded: content))
        case .enrolment:
            let answer = try JoinAnswer(encoded: content)
            guard answer.batch.space == hub.space else { throw BundleItemFault.anotherSpace }
            guard let key = answer.enrolled(by: hub) else { throw BundleItemFault.notSigned }
            return .enrolment(answer, key)
        case .page: return .page(try PageMessage(encoded: content))
        case .receipt: return .receipt(try Receipt(encoded: content))
        case .refused: return .refused(try SignedRefusal(encoded: content))
        case .ask: return .ask(try SignedAsk(encoded: content))
        case .heads: return .heads(try HeadsAnswer(encoded: content))
        case .batches: return .batches(try DeviceBatchesAnswer(encoded: content))
        case .found: return .found(try FoundAnswer(encoded: content))
        }
    }

    /// The signed part of an answer to a device that heals; nil for any other item.
    private var part: SignedPart? {
        switch self {
        case .heads(let answer): answer.part
        case .batches(let answer): answer.part
        case .found(let answer): answer.part
        default: nil
        }
    }

    /// Whose request it is, or whom it answers.
    public var device: DeviceID {
        switch self {
        case .keys(let succession): succession.handovers[0].hub
        case .join(let request): request.key.deviceID
        case .push(let push): push.batch.device
        case .pull(let pull): pull.device
        case .enrolment(_, let key): key.deviceID
        case .page(let message): message.page.device
        case .receipt(let receipt): receipt.leaf.device
        case .refused(let refusal): refusal.device
        case .ask(let ask): ask.device
        case .heads(let answer): answer.part.device
        case .batches(let answer): answer.part.device
        case .found(let answer): answer.part.device
        }
    }

    private func isOf(_ hub: HubIdentity) -> Bool {
        switch self {
        case .keys(let succession): succession.handovers[0].space == hub.space
        case .join(let request): request.space == hub.space
        case .push(let push): push.batch.space == hub.space
        case .pull(let pull): pull.space == hub.space
        case .enrolment: true
        case .page(let message): message.page.head.head.space == hub.space
        case .receipt(let receipt): receipt.head.head.space == hub.space
        case .refused(let refusal): refusal.space == hub.space
        case .ask(let ask): ask.space == hub.space
        case .heads, .batches, .found: part?.head.head.space == hub.space
        }
    }

    private func isSigned(by hub: HubIdentity) -> Bool {
        switch self {
        case .join(let request): request.isSigned
        case .keys, .push, .pull, .ask, .enrolment: true
        case .heads, .batches, .found: part?.isSigned(by: hub) ?? false
        case .page(let message):
            hub.key.verifies(message.signature, .page, message.signedBytes)
                && message.page.binds(message.records)
                && hub.vouches(for: message.page.head)
        case .receipt(let receipt): receipt.isGenuine(of: hub)
        case .refused(let refusal): refusal.isSigned(by: hub)
        }
    }

    /// Whether a key signed this request; true for what is not signed by a device.
    public func isSigned(byDevice key: PublicKey) -> Bool {
        switch self {
        case .push(let push):
            key.verifies(push.batch.signature, .batch, push.batch.bytes)
        case .ask(let ask): ask.isSigned(by: key)
        case .pull(let pull): pull.isSigned(by: key)
        case .keys, .join, .enrolment, .page, .receipt, .refused, .heads, .batches, .found: true
        }
    }
}

/// Why one item of a bundle is not taken. The others are.
public enum BundleItemFault: String, Error, Sendable {
    /// It is not of the form that its kind has.
    case malformed
    case anotherSpace
    /// The signature is not the one that it must carry.
    case notSigned
}

extension JoinAnswer {
    /// The key of the device that the answer enrols; nil if it is not this hub's answer.
    fileprivate func enrolled(by hub: HubIdentity) -> PublicKey? {
        for index in 0..<batch.count
        where batch.key(index).collection == HubCollection.devices {
            let key = (try? batch.change(index))?.set.first { $0.name == "key" }?
                .value.value.text.flatMap { PublicKey(hex: $0) }
            if let key, (try? verify(key: key, hub: hub)) != nil { return key }
        }
        return nil
    }
}

extension Receipt {
    /// Whether the hub gave this receipt, for whatever batch.
    fileprivate func isGenuine(of hub: HubIdentity) -> Bool {
        hub.vouches(for: head) && leaf.epoch == head.head.epoch
            && MerkleHash.verifyInclusion(
                leaf: leaf.hash, index: Int(leaf.position) - 1, size: Int(head.head.size),
                path: path, root: head.head.root)
    }
}
