/** A value of a JSON text, with the line it begins on. Members keep their order, and duplicates are kept. */
export type JsonNode = { readonly line: number } & (
  | { readonly kind: "object"; readonly members: readonly JsonMember[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number" | "boolean" | "null"; readonly value: number | boolean | null }
);

/** A member of an object. */
export interface JsonMember {
  readonly key: string;
  readonly line: number;
  readonly value: JsonNode;
}

/** The text is not JSON. */
export class JsonError extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is not JSON`);
  }
}

/** The members of a node, of duplicate keys the last; empty if it is not an object. */
export function membersOf(node: JsonNode | undefined): Map<string, JsonNode> {
  return new Map(node?.kind === "object" ? node.members.map((member) => [member.key, member.value]) : []);
}

/** The text of a node; undefined if it is not a string. */
export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === "string" ? node.text : undefined;
}

/**
 * Parses a JSON text with the lines of its values, which `JSON.parse` does not provide.
 * @param text - The text.
 * @param isRelaxed - Whether comments and trailing commas are allowed, as in `lading.json`.
 * @throws JsonError with the line where the text is not JSON.
 */
export function parseJson(text: string, isRelaxed = false): JsonNode {
  const parser = new Parser(text, isRelaxed);
  return parser.document();
}

class Parser {
  private at = 0;
  private line = 1;

  constructor(
    private readonly text: string,
    private readonly isRelaxed: boolean,
  ) {}

  document(): JsonNode {
    const node = this.value();
    this.skip();
    return this.at === this.text.length ? node : this.fail();
  }

  private value(): JsonNode {
    this.skip();
    const line = this.line;
    switch (this.text[this.at]) {
      case "{":
        return { kind: "object", line, members: this.list("}", () => this.member()) };
      case "[":
        return { kind: "array", line, items: this.list("]", () => this.value()) };
      case '"':
        return { kind: "string", line, text: this.string() };
      default:
        return this.literal(line);
    }
  }

  private list<T>(end: string, read: () => T): T[] {
    const items: T[] = [];
    this.at++;
    this.skip();
    while (this.text[this.at] !== end) {
      items.push(read());
      this.skip();
      if (this.text[this.at] === ",") {
        this.at++;
        this.skip();
        if (this.text[this.at] === end && !this.isRelaxed) {
          this.fail();
        }
      } else if (this.text[this.at] !== end) {
        this.fail();
      }
    }

    this.at++;
    return items;
  }

  private member(): JsonMember {
    this.skip();
    const line = this.line;
    const key = this.text[this.at] === '"' ? this.string() : this.fail();
    this.skip();
    if (this.text[this.at] !== ":") {
      this.fail();
    }

    this.at++;
    return { key, line, value: this.value() };
  }

  private string(): string {
    const [token] = this.match(/"(?:[^"\\]|\\.)*"/y);
    try {
      return JSON.parse(token);
    } catch {
      return this.fail();
    }
  }

  private literal(line: number): JsonNode {
    const [token] = this.match(/(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])/y);
    const value: number | boolean | null = JSON.parse(token);
    return { kind: value === null ? "null" : typeof value === "number" ? "number" : "boolean", line, value };
  }

  private match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? this.fail();
    this.at += found[0].length;
    return found;
  }

  private skip(): void {
    for (;;) {
      const found = (this.isRelaxed ? RELAXED_SPACE : SPACE)(this.text, this.at);
      if (found.length === 0) {
        return;
      }

      this.at += found.length;
      this.line += found.split("\n").length - 1;
    }
  }

  private fail(): never {
    throw new JsonError(this.line);
  }
}

const SPACE = matching(/[ \t\r\n]*/y);
const RELAXED_SPACE = matching(/(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);

function matching(pattern: RegExp): (text: string, at: number) => string {
  return (text, at) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? "";
  };
}
