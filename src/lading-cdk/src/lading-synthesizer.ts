import {
  DefaultStackSynthesizer,
  type DockerImageAssetLocation,
  type DockerImageAssetSource,
  type FileAssetLocation,
  type FileAssetSource,
  type IBoundStackSynthesizer,
  type IReusableStackSynthesizer,
  type ISynthesisSession,
  type Stack,
  StackSynthesizer,
} from "aws-cdk-lib";
import { AssetImages } from "./assets/asset-images.js";
import type { LadingSynthesizerProps } from "./lading-synthesizer-props.js";

/**
 * Publishes the image assets of an app or stack (`ContainerImage.fromAsset`, `DockerImageAsset`) to a durable repository of
 * the app's own, under tags that identify their inputs. Everything else works as with CDK's own synthesizer.
 *
 * An asset with the same inputs as a published image of `lading.json` is that image, pinned by digest, and nothing is built.
 * Any other has the immutable tag `src-…`, and is built if the repository does not have it.
 *
 * Use one for all stacks: `new App({ defaultStackSynthesizer: new LadingSynthesizer() })`; or for one stack:
 * `new MyStack(app, "Shop", { synthesizer: new LadingSynthesizer() })`.
 */
export class LadingSynthesizer extends StackSynthesizer implements IReusableStackSynthesizer, IBoundStackSynthesizer {
  private images: AssetImages | undefined;
  private inner: DefaultStackSynthesizer | undefined;

  /** @param props - Settings. */
  constructor(private readonly props: LadingSynthesizerProps = {}) {
    super();
  }

  /** The qualifier of the bootstrap stack. */
  override get bootstrapQualifier(): string | undefined {
    return this.props.bootstrap?.qualifier;
  }

  /** Called by CDK for each stack that shares this one. */
  reusableBind(stack: Stack): IBoundStackSynthesizer {
    const bound = new LadingSynthesizer(this.props);
    bound.bind(stack);
    return bound;
  }

  /** Called by CDK. */
  override bind(stack: Stack): void {
    super.bind(stack);
    this.images = new AssetImages(stack, this.props);
    this.inner = new DefaultStackSynthesizer(this.images.innerProps());
    this.inner.bind(stack);
  }

  /** Called by CDK. */
  addFileAsset(asset: FileAssetSource): FileAssetLocation {
    return this.bound().inner.addFileAsset(asset);
  }

  /** Called by CDK. */
  addDockerImageAsset(asset: DockerImageAssetSource): DockerImageAssetLocation {
    const { images, inner } = this.bound();
    const { published, source } = images.identify(asset);
    return published ?? inner.addDockerImageAsset(source);
  }

  /** Called by CDK. */
  synthesize(session: ISynthesisSession): void {
    this.bound().inner.synthesize(session);
  }

  private bound(): { readonly images: AssetImages; readonly inner: DefaultStackSynthesizer } {
    if (!this.images || !this.inner) {
      throw new Error("The synthesizer is bound to no stack yet.");
    }

    return { images: this.images, inner: this.inner };
  }
}
