import type { ImageConsumer } from "./image-consumer.js";
import type { ImagePin } from "./image-pin.js";

/** How an image is referred to. */
export interface LadingImageProps {
  /**
   * How the template names it.
   * @default ImagePin.DIGEST
   */
  readonly pin?: ImagePin;

  /**
   * What pulls it, for `LadingImage.referenceFor`: of an image for several platforms, Lambda and SageMaker get the manifest of
   * {@link platform}, since they take no index. Containers of tasks need not say it.
   * @default ImageConsumer.ANY
   */
  readonly for?: ImageConsumer;

  /**
   * The platform that it must run on (`linux/arm64`), where that cannot be seen: a task on EC2, a Lambda function, a job.
   * @default - what the task definition says; for Lambda and SageMaker, `linux/amd64`
   */
  readonly platform?: string;
}
