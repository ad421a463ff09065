import { join } from "node:path";
import { App, Aspects, CfnOutput, NestedStack, Stack, type StackProps, Stage } from "aws-cdk-lib";
import { Annotations, Match, Template } from "aws-cdk-lib/assertions";
import {
  CfnService,
  ContainerImage,
  CpuArchitecture,
  Ec2TaskDefinition,
  FargateTaskDefinition,
  OperatingSystemFamily,
  type TaskDefinition,
} from "aws-cdk-lib/aws-ecs";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import {
  DeploymentRecord,
  ImageConsumer,
  ImagePin,
  LadingImage,
  type LadingImageProps,
  LadingImages,
  NoMutableImages,
} from "../src/index.js";
import { AppImages } from "../src/synthesis/app-images.js";
import type { Expectation, Vector, VectorAnnotation, VectorStack, VectorTask, VectorUse } from "./vector.js";
import { assetOf, pushesOf, synthesizerOf } from "./vector-assets.js";
import { addRepositories, repositoriesOf } from "./vector-repositories.js";
import { type Json, outputOf, recordsOf } from "./vector-templates.js";

const PINS = { SourceTag: ImagePin.SOURCE_TAG, CommitTag: ImagePin.COMMIT_TAG };
const CONSUMERS = {
  Lambda: ImageConsumer.LAMBDA,
  AppRunner: ImageConsumer.APP_RUNNER,
  SageMaker: ImageConsumer.SAGE_MAKER,
  AgentCore: ImageConsumer.AGENT_CORE,
};
const LEVELS = ["error", "warning"] as const;

/** The construct tree that a vector describes, and its outcome in the form of an expectation. */
export class VectorApp {
  private readonly app: App;
  private readonly stacks = new Map<string, Stack>();
  private readonly tasks = new Map<string, TaskDefinition>();
  private readonly containers = new Map<string, string>();

  constructor(
    private readonly vector: Vector,
    readonly root: string,
  ) {
    const synthesizer = synthesizerOf(vector);
    this.app = new App({
      context: { ...vector.context },
      outdir: join(root, "cdk.out"),
      ...(synthesizer && { defaultStackSynthesizer: synthesizer }),
    });
    AppImages.place(this.app, { folder: root, variables: { PATH: process.env.PATH, ...vector.variables } });
    if (vector.calls?.includes("useFixedDigests")) {
      LadingImages.useFixedDigests(this.app);
    }

    for (const stack of vector.stacks) {
      this.addStack(this.scopeOf(stack.in), stack);
    }

    if (vector.refuseMutable) {
      Aspects.of(this.app).add(new NoMutableImages(vector.refuseMutable));
    }

    for (const path of vector.disableRecord ?? []) {
      DeploymentRecord.disable(
        path.split("/").reduce<Construct>((at, id) => at.node.findChild(id) as Construct, this.app),
      );
    }
  }

  /** The parts of the outcome that the vector has expectations for. */
  outcome(): Expectation {
    const { expect } = this.vector;
    const templates = new Map([...this.stacks].map(([path, stack]) => [path, Template.fromStack(stack).toJSON()]));
    const rendered = new Map([...this.containers].map(([path, key]) => [path, this.containerOf(templates, path, key)]));
    const pick = (keys: object | undefined, of: (path: string) => unknown): Record<string, unknown> =>
      Object.fromEntries(Object.keys(keys ?? {}).map((path) => [path, of(path)]));
    return {
      ...(expect.images && { images: pick(expect.images, (path) => rendered.get(path)?.Image) }),
      ...(expect.pulls && { pulls: pick(expect.pulls, (path) => this.pullsOf(templates, path)) as never }),
      ...(expect.outputs && { outputs: pick(expect.outputs, (path) => outputOf(templates, path)) }),
      ...(expect.consistency && {
        consistency: pick(expect.consistency, (path) => rendered.get(path)?.VersionConsistency ?? null) as never,
      }),
      ...(expect.repositories && {
        repositories: pick(expect.repositories, (path) => repositoriesOf(templates.get(path))),
      }),
      ...(expect.assets && { assets: pick(expect.assets, (path) => pushesOf(this.stacks.get(path))) as never }),
      ...(expect.qualifiers && {
        qualifiers: pick(expect.qualifiers, (path) => this.stacks.get(path)?.synthesizer.bootstrapQualifier) as never,
      }),
      ...(expect.annotations && { annotations: this.annotations() }),
      ...(expect.records && {
        records: [...this.stacks.keys()].flatMap((path) => recordsOf(path, templates.get(path))),
      }),
    };
  }

  private scopeOf(path: string | undefined): Construct {
    return (path?.split("/") ?? []).reduce<Construct>(
      (scope, id) => (scope.node.tryFindChild(id) as Construct | undefined) ?? new Stage(scope, id),
      this.app,
    );
  }

  private addStack(scope: Construct, described: VectorStack): void {
    const env = {
      ...(described.account === undefined ? {} : { account: described.account }),
      ...(described.region === undefined ? {} : { region: described.region }),
    };
    const props: StackProps = Object.keys(env).length > 0 ? { env } : {};
    for (const [key, value] of Object.entries(described.context ?? {})) {
      scope.node.setContext(key, value);
    }

    this.fill(new Stack(scope, described.id, props), described);
  }

  private fill(stack: Stack, described: VectorStack): void {
    // CDK adds a scope to a nested stack, `<id>.NestedStack`; vectors use its id alone.
    const path = stack.node.path
      .replaceAll(".NestedStack/", "/")
      .split("/")
      .filter((id, i, all) => id !== all[i - 1])
      .join("/");
    this.stacks.set(path, stack);
    for (const task of described.tasks ?? []) {
      this.addTask(stack, path, task);
    }

    for (const { id, task } of described.services ?? []) {
      const definition = this.tasks.get(`${path}/${task}`);
      new CfnService(stack, id, { taskDefinition: definition?.taskDefinitionArn ?? "" });
    }

    for (const reference of described.references ?? []) {
      const { uri } = LadingImage.referenceFor(stack, reference.image ?? "", propsOf(reference));
      new CfnOutput(stack, reference.id ?? "", { value: uri });
    }

    for (const { id, uri, image, ...use } of described.functions ?? []) {
      new CfnFunction(stack, id, {
        role: "arn:aws:iam::111111111111:role/function",
        packageType: "Image",
        code: { imageUri: uri ?? LadingImage.referenceFor(stack, image ?? "", propsOf(use)).uri },
      });
    }

    addRepositories(stack, described.repositories ?? []);
    for (const nested of described.nested ?? []) {
      this.fill(new NestedStack(stack, nested.id), nested);
    }
  }

  private addTask(stack: Stack, path: string, described: VectorTask): void {
    const { operatingSystemFamily, cpuArchitecture } = described.runtimePlatform ?? {};
    const task =
      described.kind === "ec2"
        ? new Ec2TaskDefinition(stack, described.id)
        : new FargateTaskDefinition(stack, described.id, {
            ...(described.cpu ? { cpu: described.cpu } : {}),
            ...(described.memory ? { memoryLimitMiB: described.memory } : {}),
            ...(described.runtimePlatform && {
              runtimePlatform: {
                ...(operatingSystemFamily && {
                  operatingSystemFamily: OperatingSystemFamily.of(operatingSystemFamily),
                }),
                ...(cpuArchitecture && { cpuArchitecture: CpuArchitecture.of(cpuArchitecture) }),
              },
            }),
          });
    this.tasks.set(`${path}/${described.id}`, task);
    for (const container of described.containers) {
      task.addContainer(container.name, {
        image: container.registry
          ? ContainerImage.fromRegistry(container.registry)
          : container.asset
            ? assetOf(container, this.root)
            : new LadingImage(container.image ?? "", propsOf(container)),
        ...(described.kind === "ec2" ? { memoryLimitMiB: 256 } : {}),
      });
      this.containers.set(`${path}/${described.id}/${container.name}`, path);
    }
  }

  private containerOf(templates: Map<string, Json>, path: string, stack: string): Json | undefined {
    const [task, name] = path.slice(stack.length + 1).split("/");
    const definition = this.tasks.get(`${stack}/${task}`);
    const id = definition?.stack.resolve((definition.node.defaultChild as unknown as { logicalId: string }).logicalId);
    const containers: Json[] = templates.get(stack)?.Resources[id].Properties.ContainerDefinitions;
    return containers.find((container) => container.Name === name);
  }

  /** The repositories in the policy of a task's execution role; null if the task has no role. */
  private pullsOf(templates: Map<string, Json>, path: string): unknown[] | null {
    const stack = path.slice(0, path.lastIndexOf("/"));
    const task = path.slice(path.lastIndexOf("/") + 1);
    const policies = Object.entries<Json>(templates.get(stack)?.Resources ?? {}).filter(
      ([id, resource]) => resource.Type === "AWS::IAM::Policy" && id.startsWith(`${task}ExecutionRole`),
    );
    const role = this.tasks.get(path)?.executionRole;
    return role === undefined
      ? this.vector.expect.pulls?.[path] === null
        ? null
        : []
      : policies
          .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)
          .map((statement: Json) => statement.Resource)
          .filter((resource) => resource !== "*");
  }

  private annotations(): VectorAnnotation[] {
    return [...this.stacks.values()]
      .filter((stack) => stack.nestedStackParent === undefined)
      .flatMap((stack) =>
        LEVELS.flatMap((level) => {
          const found = Annotations.fromStack(stack);
          const messages =
            level === "error" ? found.findError("*", Match.anyValue()) : found.findWarning("*", Match.anyValue());
          return messages.map((message) => ({ level, path: message.id, text: String(message.entry.data) }));
        }),
      );
  }
}

function propsOf(use: VectorUse): LadingImageProps {
  return {
    ...(use.pin && { pin: PINS[use.pin] }),
    ...(use.platform && { platform: use.platform }),
    ...(use.for && { for: CONSUMERS[use.for] }),
  };
}
