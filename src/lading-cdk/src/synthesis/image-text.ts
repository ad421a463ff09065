/** An image in a property, with the name beside it. */
export interface FoundText {
  readonly name: string | undefined;

  /** Undefined if it is unknown. */
  readonly image: string | undefined;
}

/** In place of a part that is known only at deployment. */
const OPEN = `\${…}`;

/** A resolved value as text, with parts that are known only at deployment as `${…}`; undefined if it is unknown. */
export function imageTextOf(resolved: unknown): string | undefined {
  if (typeof resolved === "string") {
    return resolved;
  }

  const entries = isMap(resolved) ? Object.entries(resolved) : [];
  const [key, value] = entries.length === 1 ? (entries[0] as [string, unknown]) : [undefined, undefined];
  if (key === "Fn::Join" && Array.isArray(value) && typeof value[0] === "string" && Array.isArray(value[1])) {
    return value[1].map((part) => imageTextOf(part) ?? OPEN).join(value[0]);
  }

  if (key === "Fn::Sub") {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    return typeof text === "string" ? text : undefined;
  }

  return undefined;
}

/** Every image in a resolved property. */
export function imagesWithin(resolved: unknown): FoundText[] {
  if (Array.isArray(resolved)) {
    return resolved.flatMap(imagesWithin);
  }

  if (!isMap(resolved)) {
    return [];
  }

  const name = typeof resolved.name === "string" ? resolved.name : undefined;
  return Object.entries(resolved).flatMap(([key, value]) =>
    ["image", "imageUri", "imageIdentifier"].includes(key)
      ? [{ name, image: imageTextOf(value) }]
      : imagesWithin(value),
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
