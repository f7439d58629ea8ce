export default function Broken() {
  throw new Error("a page that fails");
}
