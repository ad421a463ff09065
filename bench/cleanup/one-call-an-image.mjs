// Asks ECR about images one by one, as scripts do that call `aws ecr describe-images --image-ids` in a loop, but over open
// connections, and with as many calls at once as Lading makes: one-call-an-image.mjs ENDPOINT REGION LIST
// LIST has a repository and a digest a line.
import { Agent, request } from "node:http";
import { readFileSync } from "node:fs";

const [endpoint, region, list] = process.argv.slice(2);
const atOnce = 8;
const images = readFileSync(list, "utf8").trim().split("\n").map((line) => line.split(" "));
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const tags = [];

function describe([repositoryName, imageDigest]) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ repositoryName, imageIds: [{ imageDigest }] });
    const headers = {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921.DescribeImages",
      Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/ecr/aws4_request, SignedHeaders=host, Signature=0`,
      "Content-Length": Buffer.byteLength(body),
    };
    const call = request(endpoint, { method: "POST", agent, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200) {
          resolve(JSON.parse(text).imageDetails[0].imageTags ?? []);
        } else {
          reject(new Error(text));
        }
      });
    });
    call.on("error", reject);
    call.end(body);
  });
}

let next = 0;
async function work() {
  while (next < images.length) {
    tags.push(await describe(images[next++]));
  }
}
await Promise.all(Array.from({ length: atOnce }, work));
agent.destroy();
