/**
 * AWS CDK constructs that pin the container images of Amazon ECS tasks by digest.
 *
 * @packageDocumentation
 */
export { DeploymentRecord } from "./deployment-record.js";
export { ImageConsumer } from "./image-consumer.js";
export { ImagePin } from "./image-pin.js";
export { ImageRepository } from "./image-repository.js";
export type { ImageRepositoryProps } from "./image-repository-props.js";
export { LadingImage } from "./lading-image.js";
export type { LadingImageProps } from "./lading-image-props.js";
export type { LadingImageReference } from "./lading-image-reference.js";
export { LadingImages } from "./lading-images.js";
export { LadingSynthesizer } from "./lading-synthesizer.js";
export type { LadingSynthesizerProps } from "./lading-synthesizer-props.js";
export { NoMutableImages } from "./no-mutable-images.js";
export type { NoMutableImagesProps } from "./no-mutable-images-props.js";
