import { useEffect } from 'preact/hooks';

interface Props {
  /** Name of the boxes that are walked over. */
  name: string;
}

/** Keys for a list of boxes: j and k walk, x ticks, a ticks all or none. The list works without. */
export default function ReviewKeys({ name }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name^="${name}"]`)];
      const isTyping = target && !boxes.some((box) => box === event.target);
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || boxes.length === 0) return;
      const at = boxes.indexOf(document.activeElement as HTMLInputElement);
      if (event.key === 'j') boxes[Math.min(at + 1, boxes.length - 1)]?.focus();
      else if (event.key === 'k') boxes[Math.max(at - 1, 0)]?.focus();
      else if (event.key === 'x') boxes[at]?.click();
      else if (event.key === 'a') {
        const all = boxes.every(({ checked }) => checked);
        for (const box of boxes) box.checked = !all;
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [name]);
  return <p class="small muted">键盘：j 下一条，k 上一条，x 选中，a 全选或全不选。</p>;
}
