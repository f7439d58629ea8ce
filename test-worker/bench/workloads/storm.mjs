// Clients that all come back at once.

const CLIENTS = 2000;
const CLIENTS_QUICK = 500;

export function storm(name, resume) {
  const run = async (side, load, clients) => {
    const { rate } = await load.run("storm", { port: side.server.port, clients, resume });
    // The server has to hear of so many closed sockets before the next come.
    await new Promise((resolve) => setTimeout(resolve, 700));
    return rate;
  };
  return {
    name,
    unit: "conn/s",
    served: true,
    sides: { ours: "bench", baseline: "raw" },
    roundsMax: 3,
    prepare: (side, { load }) => run(side, load, CLIENTS_QUICK),
    measure: (side, { load, quick }) => run(side, load, quick ? CLIENTS_QUICK : CLIENTS),
  };
}
