import { Aspects, Stack } from "aws-cdk-lib";
import { ContainerDefinition } from "aws-cdk-lib/aws-ecs";
import { CfnParameter } from "aws-cdk-lib/aws-ssm";
import { Construct, type IConstruct } from "constructs";
import { writeRecord } from "./core/records/record-writer.js";
import { parameterOf } from "./core/records/stack-record.js";
import { AppImages } from "./synthesis/app-images.js";
import { FunctionImages } from "./synthesis/function-images.js";
import type { PinnedImage } from "./synthesis/pinned-image.js";
import { type ContainerUse, RecordedUses } from "./synthesis/recorded-uses.js";
import type { StackPins } from "./synthesis/stack-pins.js";
import { settingsOf } from "./synthesis/stack-settings.js";
import { constructsOf } from "./synthesis/stack-tree.js";

const ID = "LadingRecord";

/**
 * The SSM parameter `/lading/<stack>`: the Lading images that the stack and its nested stacks run (docs/records.md).
 * It depends on the stack's services, so that CloudFormation writes it once they are stable, and a failed update leaves no version.
 *
 * Each top-level stack that uses a {@link LadingImage} gets one automatically. Set context `lading:record` to `false`, or call
 * {@link DeploymentRecord.disable}, to switch it off.
 */
export class DeploymentRecord extends Construct {
  private readonly uses = new RecordedUses();
  private readonly functions = new FunctionImages();
  private readonly parameters: CfnParameter[] = [];
  private delayed: (() => void)[] = [];
  private isCompleted = false;

  private constructor(private readonly stack: Stack) {
    super(stack, ID);
    Aspects.of(this).add({ visit: completeAt });
    // After every aspect: CDK renders a task definition once, and would lose what aspects add to it after that.
    this.node.addValidation({
      validate: () => {
        this.uses.makeConsistent(constructsOf(this.stack));
        return [];
      },
    });
  }

  /**
   * Creates no records in the stacks of a scope.
   * @param scope - An app, a stage or a stack.
   */
  static disable(scope: IConstruct): void {
    AppImages.of(scope.node.root).withoutRecord.add(scope.node.path);
  }

  /**
   * The record of a stack's top-level stack.
   * @internal
   */
  static of(stack: Stack): DeploymentRecord {
    let top = stack;
    while (top.nestedStackParent) {
      top = top.nestedStackParent;
    }

    return (top.node.tryFindChild(ID) as DeploymentRecord | undefined) ?? new DeploymentRecord(top);
  }

  /**
   * Records a use of an image, by a container or something else.
   * @internal
   */
  add(name: string, source: StackPins, image: PinnedImage, use: ContainerUse | undefined): void {
    this.uses.add(name, source, image, use);
    if (this.isCompleted && use) {
      // Added by an aspect: a later visit of the tree completes the record.
      Aspects.of(use.container).add({ visit: completeAt });
    }
  }

  /**
   * Runs an action once the whole tree exists.
   * @internal
   */
  later(act: () => void): void {
    this.delayed.push(act);
  }

  /**
   * Completes the record once the whole tree exists.
   * @internal
   */
  complete(): void {
    const { delayed } = this;
    this.delayed = [];
    for (const act of delayed) {
      act();
    }

    this.isCompleted = true;
    const constructs = constructsOf(this.stack);
    this.functions.report(constructs, this.uses.indexes);
    if (!this.isWanted()) {
      return;
    }

    writeRecord(this.uses.toRecord()).forEach((value, i) => {
      this.write(value, i);
    });
    this.node.addDependency(...this.uses.findDeployed(constructs));
  }

  private write(value: string, i: number): void {
    const there = this.parameters[i];
    if (there) {
      there.value = value;
      return;
    }

    const parameter = new CfnParameter(this, i === 0 ? "Parameter" : `Part${i + 1}`, {
      name: parameterOf(this.stack.stackName, i + 1),
      type: "String",
      tier: "Standard",
      description: "The container images that this stack runs, written by Lading.",
      value,
    });
    // Readers start with the first part, so it is written last.
    this.parameters[0]?.node.addDependency(parameter);
    this.parameters.push(parameter);
  }

  private isWanted(): boolean {
    const app = AppImages.of(this.stack.node.root);
    const { path } = this.stack.node;
    return (
      !this.uses.isEmpty &&
      settingsOf(this.stack.node, app.surroundings).record &&
      ![...app.withoutRecord].some((scope) => scope === "" || path === scope || path.startsWith(`${scope}/`))
    );
  }
}

function completeAt(node: IConstruct): void {
  if (node instanceof DeploymentRecord) {
    node.complete();
  } else if (node instanceof ContainerDefinition) {
    DeploymentRecord.of(Stack.of(node)).complete();
  }
}
