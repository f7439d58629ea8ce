export function loader() {
  throw new Error("a loader that fails");
}

export default function Broken() {
  return null;
}
