import { LOCAL } from "../core/configuration/environment-definition.js";

/** The command that would make a lock right. */
export class PublishCommand {
  /**
   * @param environment - The environment's name.
   * @param lockFile - Set where the user keeps the lock elsewhere.
   */
  constructor(
    private readonly environment: string,
    private readonly lockFile?: string,
  ) {}

  /** Writes the lock where everything is in the registry already. */
  get resolve(): string {
    return `lading resolve${this.options}`;
  }

  /** Publishes every image. */
  get forAll(): string {
    return `lading publish${this.options}`;
  }

  /** Publishes one image. */
  for(name: string): string {
    return `lading publish ${name}${this.options}`;
  }

  private get options(): string {
    // The environment of a machine of one's own is the default.
    const environment = this.environment === LOCAL ? "" : ` --env ${this.environment}`;
    return environment + (this.lockFile === undefined ? "" : ` --lock ${this.lockFile}`);
  }
}
