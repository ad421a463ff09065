import type { IConstruct } from "constructs";
import { AppImages } from "./synthesis/app-images.js";

/** Settings for every {@link LadingImage} of an app. */
export class LadingImages {
  private constructor() {}

  /**
   * Renders one constant digest for every image of the app: for snapshot tests, whose templates then change with the
   * infrastructure and not with each published image. Needs no lock and no git. The same as context `lading:fixed`.
   * @param scope - The app, or any construct in it. Call it before the containers are created.
   */
  static useFixedDigests(scope: IConstruct): void {
    AppImages.of(scope.node.root).isFixed = true;
  }
}
