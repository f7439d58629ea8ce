// Starts the app, once for each isolate, before anything of it is used.
import { main } from "./app.mjs";

main([]);
