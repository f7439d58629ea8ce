// What has to be uploaded: all modules, minified, each compressed by gzip -9.
import { sizes } from "../bundles.mjs";

export function bundleSize(name) {
  return {
    name,
    unit: "bytes",
    served: false,
    once: true,
    async measure(side) {
      const { raw, gzip } = await sizes(side.modules);
      side.notes[name] = [raw];
      return gzip;
    },
    note: ({ ours, baseline }) => `raw: ${ours[0]} / ${baseline[0]} bytes`,
  };
}
