import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, type IReusableStackSynthesizer, type Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { type AssetImageProps, ContainerImage, FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { LadingSynthesizer } from "../src/index.js";
import { AppImages } from "../src/synthesis/app-images.js";

/** The standard input of `lading identify`. */
export interface Question {
  readonly folder: string;
  readonly dockerfile: string;
  readonly target: string | null;
  readonly args: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly platform: string;
}

export interface AssetManifest {
  readonly files?: Readonly<Record<string, { readonly destinations: Readonly<Record<string, unknown>> }>>;
  readonly dockerImages?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly directory: string; readonly platform?: string };
        readonly destinations: Readonly<Record<string, Readonly<Record<string, string>>>>;
      }
    >
  >;
}

export const DIGEST = `sha256:${"d".repeat(64)}`;

// Stands in for the tool: equal questions about equal files have equal answers. It fails if there is no Dockerfile.
const IDENTIFY = `
const { createHash } = require("node:crypto");
const { appendFileSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
if (process.argv.slice(2).join(" ") !== "identify") process.exit(2);
const text = readFileSync(0, "utf8");
const { folder, ...rest } = JSON.parse(text);
appendFileSync(join(__dirname, "asked"), text + "\\n");
readFileSync(join(folder, rest.dockerfile));
const files = readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]);
const fingerprint = createHash("sha256").update(JSON.stringify([files, rest])).digest("hex");
process.stdout.write(JSON.stringify({ fingerprint }));
`;

/** A folder with `lading.json`, folders to build, and a stand-in for the tool; and an app in it. */
export class AssetApp {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "lading-assets-")));

  constructor() {
    this.write("lading.json", {
      project: "storefront",
      images: { web: { context: "web" } },
      environments: { dev: { account: "111111111111", region: "ap-northeast-1" } },
    });
    for (const folder of ["web", "worker"]) {
      this.write(`${folder}/Dockerfile`, "FROM scratch\nCOPY . /srv\n");
      this.write(`${folder}/page`, folder);
    }

    this.answer(IDENTIFY);
  }

  /** Runs a test with an app of its own, and removes the folder afterwards. */
  static with(act: (assets: AssetApp) => void): void {
    const assets = new AssetApp();
    try {
      act(assets);
    } finally {
      rmSync(assets.root, { recursive: true });
    }
  }

  /** The questions to the tool so far. */
  get asked(): Question[] {
    const path = join(this.root, "node_modules", ".bin", "asked");
    return existsSync(path)
      ? readFileSync(path, "utf8")
          .trim()
          .split("\n")
          .map((line): Question => JSON.parse(line))
      : [];
  }

  app(synthesizer: IReusableStackSynthesizer = new LadingSynthesizer(), context: Record<string, unknown> = {}): App {
    const app = new App({ outdir: join(this.root, "cdk.out"), defaultStackSynthesizer: synthesizer, context });
    AppImages.place(app, { folder: this.root, variables: {} });
    return app;
  }

  /** Adds a task with one container, whose image is built from a folder. */
  addTask(stack: Stack, folder = "web", props?: AssetImageProps): void {
    const image = ContainerImage.fromAsset(join(this.root, folder), props);
    new FargateTaskDefinition(stack, "Task").addContainer("main", { image });
  }

  /** Writes a file below the folder: text, or a value as JSON. */
  write(path: string, content: unknown): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Replaces the tool with a script. */
  answer(script: string): void {
    this.write("node_modules/.bin/lading", `#!${process.execPath}\n${script}`);
    chmodSync(join(this.root, "node_modules", ".bin", "lading"), 0o755);
  }

  removeTool(): void {
    rmSync(join(this.root, "node_modules"), { recursive: true });
  }

  /** The tool's last answer. */
  fingerprint(): string {
    const { folder: _, ...rest } = this.asked.at(-1) as Question;
    const files = ["Dockerfile", "page"].map((name) => [name, this.read(`web/${name}`)]);
    return createHash("sha256")
      .update(JSON.stringify([files, rest]))
      .digest("hex");
  }

  /** Publishes an image with that identity: writes it to the lock of dev. */
  lock(fingerprint: string, repository = "storefront/web"): void {
    const image = {
      repository,
      digest: DIGEST,
      fingerprint,
      revision: null,
      platforms: ["linux/amd64"],
    };
    this.write(".lading/dev.lock.json", { lockVersion: 1, environment: "dev", images: { web: image } });
  }

  /** The manifest of assets beside a template, by its path in the assembly. */
  manifest(name: string): AssetManifest {
    return JSON.parse(this.read(`cdk.out/${name}.assets.json`));
  }

  /** The image of a template's only container, as text. */
  image(name: string): string {
    const { Resources } = JSON.parse(this.read(`cdk.out/${name}.template.json`));
    const task = Object.values<{ Type: string; Properties: Properties }>(Resources).find(
      (resource) => resource.Type === "AWS::ECS::TaskDefinition",
    );
    return JSON.stringify(task?.Properties.ContainerDefinitions[0]?.Image);
  }

  private read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }
}

interface Properties {
  readonly ContainerDefinitions: readonly { readonly Image: unknown }[];
}

/** The errors of a stack, which CDK then does not deploy. */
export function errorsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findError("*", Match.anyValue())
    .map((message) => String(message.entry.data));
}
