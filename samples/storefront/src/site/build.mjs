// Makes a page of each file in pages/: a heading, then paragraphs. The same pages give the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

mkdirSync(join(here, "dist"), { recursive: true });
const names = readdirSync(join(here, "pages"))
  .filter((name) => name.endsWith(".txt"))
  .sort();
for (const name of names) {
  const [title, ...paragraphs] = readFileSync(join(here, "pages", name), "utf8").trim().split(/\n\n+/);
  const links = names
    .map((other) => other.replace(".txt", ""))
    .map((page) => `<a href="${page}.html">${page}</a>`)
    .join(" · ");
  const body = paragraphs.map((paragraph) => `    <p>${escape(paragraph)}</p>`).join("\n");
  writeFileSync(
    join(here, "dist", name.replace(".txt", ".html")),
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${escape(title)}</title>
  </head>
  <body>
    <nav>${links}</nav>
    <h1>${escape(title)}</h1>
${body}
  </body>
</html>
`,
  );
}

console.log(`${names.length} pages`);
