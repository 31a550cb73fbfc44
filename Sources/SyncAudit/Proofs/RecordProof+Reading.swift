import SyncCore
import SyncProtocol

extension RecordProof {
    /// A batch holds up to 1 MiB; this is room for more of them than any record has met.
    public static let bytesLimit = 64 << 20

    /// Reads a proof's form. That it proves something is for `check(hubKey:)`.
    ///
    /// - Throws: `ProofFault`; for a file of any other form than that of `encoded`, to the byte.
    public init(encoded file: [UInt8]) throws(ProofFault) {
        guard file.count <= Self.bytesLimit else { throw ProofFault(.tooLarge) }
        let proof: RecordProof
        do {
            proof = try Self.read(try JSONParser.parse(file))
        } catch let fault as MessageFault {
            throw ProofFault(.form, "\(fault.message).\(fault.member)")
        } catch let error as JSONError {
            throw ProofFault(.form, "offset \(error.offset)")
        } catch let fault as BatchFault {
            throw ProofFault(.form, "batch: \(fault.kind.rawValue)")
        } catch {
            throw ProofFault(.form)
        }
        // What is not read above would be lost here: unknown keys, white space, other spellings.
        guard proof.encoded == file else { throw ProofFault(.notCanonical) }
        self = proof
    }

    private static func read(_ value: JSONValue) throws -> RecordProof {
        let fields = try MessageFields(value, "proof")
        guard try fields.text("kind") == kind else {
            throw MessageFault("proof", "kind", isMissing: false)
        }
        let record = try MessageFields(fields.optional("record"), "record")
        let collection = try record.text("collection")
        guard FieldName.isValid(collection) else {
            throw MessageFault("record", "collection", isMissing: false)
        }
        return RecordProof(
            record: RecordKey(collection, try record.id("id")),
            batches: try entries(fields, "batches"), enrolments: try entries(fields, "enrolments"),
            heads: try fields.require("heads") { $0.array }.map { try SignedHead($0) },
            keys: try fields.require("keys") { $0.array }.map { value in
                guard let key = value.string.flatMap({ PublicKey(hex: $0) }) else {
                    throw MessageFault("proof", "keys", isMissing: false)
                }
                return key
            },
            succession: try fields.optional("succession").map {
                try KeySuccession(encoded: CanonicalJSON.bytes($0))
            } ?? .none)
    }

    private static func entries(_ fields: MessageFields, _ name: String) throws -> [Entry] {
        try fields.require(name) { $0.array }.map { value in
            let entry = try MessageFields(value, name)
            let leaf = try Leaf(entry.optional("leaf"))
            let content = try entry.require("batch") { $0 }
            let batch = try SealedBatch(
                bytes: CanonicalJSON.bytes(content), signature: leaf.signature)
            return Entry(
                batch: batch, leaf: leaf, head: try entry.integer("head"),
                path: try entry.hashes("path"))
        }
    }
}
