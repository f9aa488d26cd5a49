/**
 * The only script of a content page, inline so that the page is painted once in the right colours. It applies and
 * remembers 深色 and 长者模式 (buttons with `data-mode`), prints and passes the address on, by the system where it can,
 * else copied (`data-action`).
 * Buttons that need it are hidden until it has run (`data-script` on the root).
 */
export const THEME_SCRIPT = `(()=>{
const d=document,r=d.documentElement,m=matchMedia('(prefers-color-scheme:dark)');
const get=k=>{try{return localStorage[k]}catch{}},put=(k,v)=>{try{localStorage[k]=v}catch{}},on=(t,e,f)=>t.addEventListener(e,f);
let dark=get('theme'),elder=get('elder')==1;
const show=()=>{
r.dataset.script='';
r.dataset.theme=dark||(m.matches?'dark':'light');
r.toggleAttribute('data-elder',elder);
for(const b of d.querySelectorAll('[data-mode]'))b.setAttribute('aria-pressed',b.dataset.mode=='elder'?elder:r.dataset.theme=='dark');
};
show();
on(m,'change',show);
on(d,'DOMContentLoaded',show);
on(d,'click',e=>{
const b=e.target.closest('[data-mode],[data-action]');
if(!b)return;
const{mode,action}=b.dataset;
if(mode=='elder')put('elder',(elder=!elder)?1:'');
if(mode=='dark')put('theme',dark=r.dataset.theme=='dark'?'light':'dark');
if(action=='print')print();
if(action=='share'){const n=navigator,url=d.URL;n.share?n.share({title:d.title,url}).catch(()=>{}):n.clipboard?.writeText(url).then(()=>b.textContent=b.dataset.done)}
show();
});
})()`.replaceAll('\n', '');
