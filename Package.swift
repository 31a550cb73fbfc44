// swift-tools-version:6.1

import PackageDescription

/// Every target is compiled with the same strictness; see docs/architecture.md.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "fieldsync",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        // For programs of any kind: everything below in one interface.
        .library(name: "FieldSync", targets: ["FieldSync"]),
        .library(name: "SyncCore", targets: ["SyncCore"]),
        .library(name: "SyncProtocol", targets: ["SyncProtocol"]),
        .library(name: "SyncStore", targets: ["SyncStore"]),
        .library(name: "SyncReplica", targets: ["SyncReplica"]),
        .library(name: "SyncClient", targets: ["SyncClient"]),
        .library(name: "SyncHub", targets: ["SyncHub"]),
        .library(name: "SyncAudit", targets: ["SyncAudit"]),
        .executable(name: "sync-field", targets: ["sync-field"]),
        .executable(name: "sync-hub", targets: ["sync-hub"]),
        .executable(name: "sync-audit", targets: ["sync-audit"]),
    ],
    traits: [
        .trait(
            name: "PostgreSQL",
            description: "The hub's store on PostgreSQL too. Needs libpq to build and to run.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Only for `make docs`; nothing links it.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // The engine: pure code, no input or output.
        library("SyncCore", [crypto]),
        library("SyncProtocol", ["SyncCore", crypto]),
        // The domain: the only code that knows what a patrol stop is.
        library("OutreachSchema", ["SyncCore"]),
        // Storage.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        library("Gzip", ["CZlib"]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        library("SyncStore", ["SyncCore", "SyncProtocol", "Gzip", "CSQLite"]),
        library("SyncReplica", ["SyncCore", "SyncProtocol", "SyncStore", "Gzip"]),
        // Carriers.
        library(
            "SyncClient",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "Gzip", nioCore, nioHTTP1,
                nioPosix, nioSSL,
            ]),
        // The library for other programs: typed records, observation, sync.
        library(
            "FieldSync",
            ["SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient"]),
        library(
            "SyncHub",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "Gzip", hummingbird, hummingbirdCore,
                httpTypes, lifecycle, logging, nioCore, nioPosix, nioSSL,
            ]),
        // The hub's store on PostgreSQL: empty unless the trait is on.
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),
        library(
            "PostgresStore",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncHub", crypto,
                .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])),
            ]),
        // The auditor: reads everything, writes nothing.
        library(
            "SyncAudit",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient", "Gzip",
                crypto,
            ]),
        // What keeps a hub: backup, restore, following, looking after its health.
        library(
            "HubKeeping",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient", "SyncHub",
                "SyncAudit", "Gzip", crypto, cryptoExtras,
            ]),
        // What can be set for a hub, and which word of several holds. Pure.
        .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
        library("HubConfiguration", ["CLibYAML"]),
        // The operator's page in the hub.
        .systemLibrary(name: "CQrencode", providers: [.apt(["libqrencode-dev"])]),
        library(
            "HubDesk",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient", "SyncHub",
                "OutreachSchema", "OutreachOutput", "AuditReport", "Workbook", "SystemTimeZones",
                "CommandKit", "CQrencode", hummingbird, httpTypes, logging, nioCore,
            ]),
        library("AuditReport", ["SyncCore", "OutreachSchema"]),
        // Spreadsheets: kept libraries do the packing, the parsing and the writing.
        .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CMinizip", providers: [.apt(["libminizip-dev"])]),
        .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
        library("Workbook", ["CXlsxWriter", "CMinizip", "CExpat"]),
        // The programs.
        library("CommandKit", [arguments]),
        // What several programs say: of bundles and backups, and what can go wrong.
        library("SharedWords", ["SyncProtocol", "SyncStore", "CommandKit"]),
        // What leaves the shift: exports, the message of the hand-over.
        library(
            "OutreachOutput",
            [
                "SyncCore", "SyncReplica", "OutreachSchema", "AuditReport", "Workbook",
                "CommandKit",
            ]),
        // The auditor's report from files to its model, in both languages.
        library(
            "ReportGathering",
            [
                "SyncCore", "SyncProtocol", "OutreachSchema", "SyncStore", "SyncAudit",
                "AuditReport", "SystemTimeZones", "CommandKit",
            ]),
        library("SystemTimeZones", ["SyncStore", "OutreachSchema"]),
        library(
            "FieldCommands",
            [
                "SyncCore", "SyncProtocol", "OutreachSchema", "SyncStore", "SyncReplica",
                "SyncClient", "AuditReport", "Workbook", "OutreachOutput", "SystemTimeZones",
                "SharedWords", "CommandKit", arguments,
            ]),
        library(
            "HubCommands",
            [
                "SyncCore", "SyncProtocol", "OutreachSchema", "SyncStore", "SyncClient", "SyncHub",
                "SyncAudit", "HubKeeping", "HubConfiguration", "HubDesk", "ReportGathering",
                "AuditReport", "PostgresStore", "CommandKit", "SharedWords", "SystemTimeZones",
                arguments, hummingbird, logging, nioCore, nioSSL, signals,
            ]),
        library(
            "AuditCommands",
            [
                "SyncCore", "SyncProtocol", "OutreachSchema", "SyncStore", "SyncAudit",
                "SyncClient", "AuditReport", "ReportGathering", "Workbook", "SystemTimeZones",
                "SharedWords", "CommandKit", arguments,
            ]),
        // Each a line: what it does is in its library.
        program("sync-field", ["FieldCommands"]),
        program("sync-hub", ["HubCommands"]),
        program("sync-audit", ["AuditCommands"]),
        .executableTarget(
            name: "shopping-list", dependencies: ["FieldSync"], path: "Examples/ShoppingList",
            swiftSettings: strict),
        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["SyncCore", "SyncProtocol"],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("SyncCoreTests", ["SyncCore", "TestSupport"]),
        tests("SyncProtocolTests", ["SyncCore", "SyncProtocol", "TestSupport"]),
        tests("OutreachSchemaTests", ["OutreachSchema", "SyncCore", "TestSupport"]),
        tests(
            "SimulationTests",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient", "SyncHub",
                "SyncAudit", "PostgresStore", "Gzip", "TestSupport",
            ]),
        tests(
            "FieldSyncTests",
            [
                "FieldSync", "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient",
                "SyncHub", "TestSupport",
            ]),
        tests("SystemTimeZonesTests", ["SystemTimeZones", "OutreachSchema", "TestSupport"]),
        tests("GzipTests", ["Gzip", "TestSupport"]),
        tests("SyncStoreTests", ["SyncCore", "SyncStore", "TestSupport"]),
        tests(
            "SyncAuditTests",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncReplica", "SyncClient", "SyncHub",
                "SyncAudit", "HubKeeping", "PostgresStore", "Gzip", "TestSupport",
            ]),
        tests("AuditReportTests", ["AuditReport", "SyncCore", "OutreachSchema", "TestSupport"]),
        tests("WorkbookTests", ["Workbook", "TestSupport"]),
        tests("CommandKitTests", ["CommandKit", "TestSupport", arguments]),
        // The commands' libraries and what they say.
        tests(
            "CommandsTests",
            [
                "FieldCommands", "HubCommands", "AuditCommands", "SharedWords", "ReportGathering",
                "OutreachOutput", "CommandKit", arguments,
            ]),
        tests("HubDeskTests", ["HubDesk"]),
        tests("HubConfigurationTests", ["HubConfiguration", "TestSupport"]),
        tests("CommandLineTests", ["SyncCore", "SyncProtocol", "TestSupport"]),
        tests(
            "SyncHubTests",
            [
                "SyncCore", "SyncProtocol", "SyncStore", "SyncHub", "Gzip", hummingbird,
                hummingbirdTesting, httpTypes, logging, nioCore, nioEmbedded, "TestSupport",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
