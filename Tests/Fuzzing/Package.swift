// swift-tools-version:6.1

import PackageDescription

/// Readers of bytes from outside under libFuzzer, which finds its way by what was covered.
/// A package of its own: it is built with `-sanitize=fuzzer`; see Scripts/fuzz.sh.
let package = Package(
    name: "fieldsync-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "fieldsync", path: "../..")],
    targets: [
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fieldsync-fuzz",
            dependencies: [
                "CFuzzer",
                .product(name: "SyncCore", package: "fieldsync"),
                .product(name: "SyncProtocol", package: "fieldsync"),
                .product(name: "SyncAudit", package: "fieldsync"),
            ],
            // gold ends with an internal error over this.
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    ],
    swiftLanguageModes: [.v6]
)
