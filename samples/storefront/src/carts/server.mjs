// Carts by their id, in memory: GET /carts/42 and PUT /carts/42 with a list of { name, price, count }.
import { createServer } from "node:http";
import { total } from "./cart.mjs";

const carts = new Map();

const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const id = /^\/carts\/(\w+)$/.exec(request.url)?.[1];
  if (request.url === "/health") {
    answer(200, { ok: true });
  } else if (!id) {
    answer(404, { error: "no such page" });
  } else if (request.method === "PUT") {
    let text = "";
    for await (const chunk of request) {
      text += chunk;
    }

    try {
      carts.set(id, JSON.parse(text));
      answer(200, { total: total(carts.get(id)) });
    } catch {
      answer(400, { error: "no list of lines" });
    }
  } else {
    const lines = carts.get(id) ?? [];
    answer(200, { lines, total: total(lines) });
  }
});

server.listen(Number(process.env.PORT ?? 8080));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
