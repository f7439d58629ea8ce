// Products without a local form, as their references describe what they answer.
const vectors = (name) => (list) =>
  Promise.resolve({ mutationId: list.map((v) => `${name} ${v.id} ${v.values} ${JSON.stringify(v.metadata)}`).join() });

export const doubles = {
  VECTORS: {
    insert: vectors("insert"),
    upsert: vectors("upsert"),
    async getByIds(ids) {
      return ids.filter((id) => id === "1").map((id) => ({ id, values: [1, 0], metadata: { kind: "a" } }));
    },
    async deleteByIds(ids) {
      return { mutationId: `delete ${ids}` };
    },
    async query(vector, options) {
      if (vector.length !== 2) throw new Error("VECTOR_QUERY_ERROR (code = 40006): vector of wrong length");
      return { count: 2, matches: [{ id: "1", score: 0.75, metadata: { vector, options } }, { id: "2", score: 0.5 }] };
    },
    async describe() {
      return { dimensions: 2, vectorCount: 1 };
    },
  },
  AI: {
    async run(model, inputs) {
      if (model !== "@cf/test/echo") throw new Error(`5007: No such model ${model}`);
      if (!inputs.stream) return { response: inputs.prompt };
      return new Response(`data: ${JSON.stringify({ response: inputs.prompt })}\n\n`).body;
    },
  },
};
