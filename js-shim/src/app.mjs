// The compiled app. In this package it is a name that the deployment gives: an alias in wrangler.jsonc or in Vite
// (docs/adr/0014-app-module.md). The Maven build puts the app itself in this file's place.
export * from "@lunora-java/app";
