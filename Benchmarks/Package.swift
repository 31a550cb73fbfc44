// swift-tools-version:6.1

import PackageDescription

/// Speed and size of the engine beside plain SQLite. A package of its own: whoever uses the engine
/// does not build it.
let package = Package(
    name: "fieldsync-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "fieldsync", path: "..", traits: ["PostgreSQL"])
    ],
    targets: [
        .systemLibrary(name: "CPlainSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .executableTarget(name: "empty-program"),
        // Counts calls of SQLite and of the allocator in this process.
        .target(name: "CCounting"),
        .executableTarget(
            name: "fieldsync-bench",
            dependencies: [
                "CPlainSQLite", "CCounting",
                .product(name: "SyncCore", package: "fieldsync"),
                .product(name: "SyncProtocol", package: "fieldsync"),
                .product(name: "SyncStore", package: "fieldsync"),
                .product(name: "SyncReplica", package: "fieldsync"),
                .product(name: "SyncClient", package: "fieldsync"),
                .product(name: "SyncHub", package: "fieldsync"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
