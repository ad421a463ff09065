import type { ImagePin } from "./image-pin.js";

/** How an image is referred to. */
export interface LadingImageProps {
  /**
   * How the template names it.
   * @default ImagePin.DIGEST
   */
  readonly pin?: ImagePin;

  /**
   * The platform that it must run on (`linux/arm64`), where that cannot be seen: a task on EC2, a Lambda function, a job.
   * @default - what the task definition says
   */
  readonly platform?: string;
}
