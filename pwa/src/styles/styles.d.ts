// Style files have no types: they are only there to be loaded.
declare module '*.scss'
