export const load = () => {
  throw new Error("a page that fails");
};
