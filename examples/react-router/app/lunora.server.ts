import { createContext } from "react-router";

/** Asks Lunora in this very Worker, as the user whose page is made. */
export type Ask = (functionPath: string, args: Record<string, string | number>) => Promise<Response>;

export const lunora = createContext<Ask>();
