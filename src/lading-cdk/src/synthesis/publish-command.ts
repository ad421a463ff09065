import { LOCAL } from "../core/configuration/environment-definition.js";

/** The commands that rewrite a lock, for messages. */
export class PublishCommand {
  /**
   * @param environment - The environment's name.
   * @param lockFile - Set if the user keeps the lock elsewhere.
   */
  constructor(
    private readonly environment: string,
    private readonly lockFile?: string,
  ) {}

  /** Writes the lock if everything is already in the registry. */
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
    // local is the default.
    const environment = this.environment === LOCAL ? "" : ` --env ${this.environment}`;
    return environment + (this.lockFile === undefined ? "" : ` --lock ${this.lockFile}`);
  }
}
