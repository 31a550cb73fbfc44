public import SyncCore

extension Head {
    /// H("head", canonical head) of a head that says nothing that this version does not know: what
    /// a hub signs. It follows from the journal, so whoever copied that has it without a signature.
    public var hash: Hash256 { MessageKind.head.hash(CanonicalJSON.bytes(json)) }
}
