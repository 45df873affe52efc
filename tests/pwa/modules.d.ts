// Fills the global IndexedDB when it is imported, and exports nothing.
declare module 'fake-indexeddb/auto'
