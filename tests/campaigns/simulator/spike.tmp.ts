import { bundle } from './bundle.ts'
const t=performance.now()
const code = await bundle([])
console.log('bundle', performance.now()-t)
const t2=performance.now()
const q: (()=>void)[]=[]
for (let i=0;i<20;i++) code.newBrowser((w)=>q.push(w))
console.log('20 browsers', performance.now()-t2)
const t3=performance.now()
for (let i=0;i<20;i++) code.load({} as never, {})
console.log('20 loads', performance.now()-t3)
