import { Annotations } from "aws-cdk-lib";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { IConstruct } from "constructs";
import { imagesWithin } from "./image-text.js";
import { isResource } from "./stack-tree.js";

/** Reports Lambda functions with an image index: Lambda supports only the manifest of one platform. */
export class FunctionImages {
  private readonly reported = new Set<IConstruct>();

  /**
   * Checks the functions of a stack.
   * @param constructs - The stack's constructs.
   * @param indexes - References to indexes, without their registry.
   */
  report(constructs: readonly IConstruct[], indexes: ReadonlySet<string>): void {
    if (indexes.size === 0) {
      return;
    }

    for (const each of constructs) {
      if (!isResource(each, CfnFunction.CFN_RESOURCE_TYPE_NAME) || this.reported.has(each)) {
        continue;
      }

      const { stack, code } = each as CfnFunction;
      const images = imagesWithin(stack.resolve(code)).flatMap(({ image }) => image ?? []);
      const index = [...indexes].find((reference) => images.some((image) => image.endsWith(`/${reference}`)));
      if (index !== undefined) {
        this.reported.add(each);
        Annotations.of(each).addError(
          `Could not give the function its image: ${index} is an index of several platforms, and Lambda takes none. Say what it is for: LadingImage.referenceFor(this, …, { for: ImageConsumer.LAMBDA, platform: … }).`,
        );
      }
    }
  }
}
