import OutreachSchema
import SyncStore

/// The typed SQL views of the schema, as the store wants them described.
enum StoreViews {
    static var all: [SyncStore.ViewDescription] {
        Schema.outreach.views.map { view in
            SyncStore.ViewDescription(
                name: view.name, collection: view.collection,
                columns: view.columns.map { .init(name: $0.name, field: $0.field) })
        }
    }
}
