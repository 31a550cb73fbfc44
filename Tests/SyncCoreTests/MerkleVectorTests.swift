import SyncCore
import TestSupport
import Testing

@Suite struct MerkleVectorTests {
    private let file: JSONValue
    private let leaves: [Hash256]

    init() throws {
        file = try Vectors.file("merkle")
        leaves = file.items("leaves").map { MerkleHash.leaf(Hex.bytes($0.string ?? "") ?? []) }
    }

    private func hashes(_ entry: JSONValue, _ key: String) -> [Hash256] {
        entry.items(key).compactMap { Hash256(hex: $0.string ?? "") }
    }

    private func root(_ size: Int) -> Hash256 {
        MerkleTree(leaves: Array(leaves.prefix(size))).root()
    }

    @Test func tree_everySize_hasThePublishedRoot() {
        #expect(leaves == hashes(file, "leaf_hashes"))
        for (size, expected) in hashes(file, "roots").enumerated() {
            #expect(root(size) == expected)
        }
    }

    @Test func inclusion_everyLeafOfEverySize_isTheVectorsPathAndVerifies() {
        #expect(file.items("paths").count == 36)
        for entry in file.items("paths") {
            let (index, size) = (Int(entry.number("index")), Int(entry.number("size")))
            let tree = MerkleTree(leaves: Array(leaves.prefix(size)))
            let path = tree.inclusionPath(of: index)
            #expect(path == hashes(entry, "path"))
            #expect(
                MerkleHash.verifyInclusion(
                    leaf: leaves[index], index: index, size: size, path: path, root: root(size)))
        }
    }

    @Test func consistency_everyPairOfSizes_isTheVectorsProofAndVerifies() {
        for entry in file.items("proofs") {
            let (first, second) = (Int(entry.number("first")), Int(entry.number("second")))
            let proof = MerkleTree(leaves: Array(leaves.prefix(second)))
                .consistencyProof(from: first)
            #expect(proof == hashes(entry, "proof"), "\(first) → \(second)")
            #expect(
                MerkleHash.verifyConsistency(
                    first: first, firstRoot: root(first), second: second,
                    secondRoot: root(second), proof: proof))
        }
    }

    @Test func proofs_everyRefusedOne_doesNotVerify() throws {
        for entry in file.items("refused_paths") {
            #expect(
                !MerkleHash.verifyInclusion(
                    leaf: try #require(Hash256(hex: entry.text("leaf_hash"))),
                    index: Int(entry.number("index")), size: Int(entry.number("size")),
                    path: hashes(entry, "path"),
                    root: try #require(Hash256(hex: entry.text("root")))),
                "\(entry.text("name"))")
        }
        for entry in file.items("refused_proofs") {
            #expect(
                !MerkleHash.verifyConsistency(
                    first: Int(entry.number("first")),
                    firstRoot: try #require(Hash256(hex: entry.text("first_root"))),
                    second: Int(entry.number("second")),
                    secondRoot: try #require(Hash256(hex: entry.text("second_root"))),
                    proof: hashes(entry, "proof")),
                "\(entry.text("name"))")
        }
    }
}
