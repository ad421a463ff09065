import type { ImageConsumer } from "./image-consumer.js";
import type { ImagePin } from "./image-pin.js";

/** Options of a reference to an image. */
export interface LadingImageProps {
  /**
   * How the template refers to it.
   * @default ImagePin.DIGEST
   */
  readonly pin?: ImagePin;

  /**
   * The service that pulls it, for `LadingImage.referenceFor`: for an image with several platforms, Lambda and SageMaker get the
   * manifest of {@link platform}, since they do not support an index. Not needed for containers of tasks.
   * @default ImageConsumer.ANY
   */
  readonly for?: ImageConsumer;

  /**
   * The platform it must run on (`linux/arm64`), if that cannot be determined: for a task on EC2, a Lambda function, a job.
   * @default - the task definition's; for Lambda and SageMaker, `linux/amd64`
   */
  readonly platform?: string;
}
