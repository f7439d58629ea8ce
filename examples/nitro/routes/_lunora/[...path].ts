import { defineHandler } from "nitro/h3";
import { lunora } from "../../lunora";

export default defineHandler(({ req }) => {
  const { env, context } = req.runtime!.cloudflare!;
  return lunora(req, env, context);
});
