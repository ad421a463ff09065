/** The platform of an image: `linux/amd64`, `linux/arm64`, `linux/arm/v7` (OCI image-spec 1.1, "Image Index"). */
export class Platform {
  /** The default platform of an image. */
  static readonly LINUX_AMD64 = new Platform("linux", "amd64");

  /** Graviton. */
  static readonly LINUX_ARM64 = new Platform("linux", "arm64");

  /**
   * @param os - The operating system's name in Go: `linux`, `windows`.
   * @param architecture - The processor architecture's name in Go: `amd64`, `arm64`.
   * @param variant - The variant of the processor, such as `v7` for 32-bit Arm.
   */
  constructor(
    readonly os: string,
    readonly architecture: string,
    readonly variant?: string,
  ) {}

  /** Parses `os/architecture` or `os/architecture/variant`; undefined if the text is not a platform. */
  static tryParse(text: string): Platform | undefined {
    const [, os, architecture, variant] = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9.]+))?$/.exec(text) ?? [];
    return os && architecture ? new Platform(os, architecture, variant).normalized() : undefined;
  }

  /**
   * Parses `os/architecture` or `os/architecture/variant`. `linux/arm64/v8` is `linux/arm64`.
   * @throws Error if the text is not a platform.
   */
  static parse(text: string): Platform {
    const platform = Platform.tryParse(text);
    if (!platform) {
      throw new Error(`'${text}' is not a platform: expected os/architecture, such as linux/amd64.`);
    }

    return platform;
  }

  /** True if an image for this platform runs on the other: same system and architecture, and no other variant. */
  runsOn(other: Platform): boolean {
    const [mine, theirs] = [this.normalized(), other.normalized()];
    return (
      mine.os === theirs.os &&
      mine.architecture === theirs.architecture &&
      (mine.variant === undefined || theirs.variant === undefined || mine.variant === theirs.variant)
    );
  }

  /** `linux/amd64`. */
  toString(): string {
    return [this.os, this.architecture, ...(this.variant === undefined ? [] : [this.variant])].join("/");
  }

  /** The canonical form of a platform: `arm64` implies the variant v8. */
  private normalized(): Platform {
    return this.architecture === "arm64" && this.variant === "v8" ? new Platform(this.os, this.architecture) : this;
  }
}
