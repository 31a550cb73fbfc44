import OutreachSchema
package import SyncStore

/// The typed SQL views that the programs make for people, as the auditor expects to find them.
package enum StoreViews {
    package static let all: [SyncStore.ViewDescription] = Schema.outreach.views.map { view in
        SyncStore.ViewDescription(
            name: view.name, collection: view.collection,
            columns: view.columns.map { .init(name: $0.name, field: $0.field) })
    }
}
