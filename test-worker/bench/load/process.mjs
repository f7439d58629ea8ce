// The process that makes the load, apart from the driver and pinned to a core of its own.
import { mutations, preload, queries } from "./calls.mjs";
import { micro } from "./micro.mjs";
import { storm } from "./storm.mjs";
import { deltas, subscribe, unsubscribe } from "./subscribers.mjs";
import { call, fill, fillRoom } from "./topics.mjs";
import { converge, crowd, leave, pause, touch, watch } from "./watching.mjs";

const jobs = {
  ...{ deltas, mutations, preload, queries, subscribe, unsubscribe },
  ...{ call, converge, crowd, fill, fillRoom, leave, micro, pause, storm, touch, watch },
};

process.on("message", async ({ number, job, options }) => {
  try {
    process.send({ number, result: await jobs[job](options) });
  } catch (error) {
    process.send({ number, error: error.message });
  }
});
process.on("disconnect", () => process.exit());
