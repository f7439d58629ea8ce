import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `vite` serves the page; calls go to `npm run preview` beside it.
export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/_lunora": { target: "http://127.0.0.1:8787", ws: true } } },
});
